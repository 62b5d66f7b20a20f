/**
 * Any Parfocal loss as a DJL {@link ai.djl.training.loss.Loss}, for people who train with DJL.
 *
 * <p>{@link dev.parfocal.djl.ParfocalLoss} is the loss, {@link dev.parfocal.djl.PriorBias} the start of the last layer's
 * bias that goes with it.
 */
@NullMarked
package dev.parfocal.djl;

import org.jspecify.annotations.NullMarked;
