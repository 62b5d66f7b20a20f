package dev.parfocal.training.criterion;

import dev.parfocal.detection.data.Annotation;

/**
 * An object that points of the batch learn.
 *
 * @param image in the batch
 * @param annotation its box in pixels of the model's input, and its class
 * @param points how many points own it
 * @param loss the mean over its points of the loss of its class and of its box, each times its configured weight; 0 if
 *     nobody needs it
 */
public record LearntObject(int image, Annotation annotation, int points, double loss) {}
