/** Curricula of a run: what changes from step to step, by schedules in its configuration. */
@NullMarked
package dev.parfocal.training.curriculum;

import org.jspecify.annotations.NullMarked;
