/** Runs: configuration, training with checkpoints, a trained detector. */
@NullMarked
package dev.parfocal.training.run;

import org.jspecify.annotations.NullMarked;
