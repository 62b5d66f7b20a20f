/** Optimisers, schedules, weight averaging. */
@NullMarked
package dev.parfocal.training.optim;

import org.jspecify.annotations.NullMarked;
