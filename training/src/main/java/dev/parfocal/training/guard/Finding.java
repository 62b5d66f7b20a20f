package dev.parfocal.training.guard;

/**
 * What was found in one part of a step.
 *
 * @param fine whether everything was finite
 * @param words what was looked at, or what is not finite and where
 */
public record Finding(Stage stage, boolean fine, String words) {}
