/** Samplers: random, Sobol, tree-structured Parzen estimators, Gaussian process, CMA-ES. */
@NullMarked
package dev.parfocal.tune.sampler;

import org.jspecify.annotations.NullMarked;
