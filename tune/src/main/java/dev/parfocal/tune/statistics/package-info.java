/** Whether a difference is real: bootstrap over images and seeds, intervals, tests, corrections, and plain sentences. */
@NullMarked
package dev.parfocal.tune.statistics;

import org.jspecify.annotations.NullMarked;
