/** Whether a difference between losses is real: bootstrap, correction for many comparisons, plain words. */
@NullMarked
package dev.parfocal.tune.statistics;

import org.jspecify.annotations.NullMarked;
