/** Better and worse when there are several metrics, or none because a trial was given up. */
@NullMarked
package dev.parfocal.tune.pareto;

import org.jspecify.annotations.NullMarked;
