package dev.parfocal.training.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param run its directory
 * @param metrics of the last evaluation: AP, AP50, … and AP per class as {@code AP/name}; empty if there was none
 * @param training wall time of training, of all parts of a resumed run
 * @param steps taken, of all parts
 * @param interrupted whether it stopped early on request and can be resumed
 */
public record TrainingResult(
        Path run, Map<String, Double> metrics, Duration training, long steps, boolean interrupted) {}
