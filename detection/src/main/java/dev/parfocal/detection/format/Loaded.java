package dev.parfocal.detection.format;

import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.lint.LintReport;
import java.nio.file.Path;

/**
 * A data set that can be used as it is, and what was left out or mended on the way.
 *
 * @param path where it lies: what was named, or the one folder in there that is a data set
 * @param fit the format that it was read in, and what shows it
 */
public record Loaded(Path path, Dataset dataset, LintReport lint, Fit fit) {}
