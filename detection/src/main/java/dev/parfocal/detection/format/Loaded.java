package dev.parfocal.detection.format;

import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.lint.LintReport;

/** A data set that can be used as it is, and what was left out or mended on the way. */
public record Loaded(Dataset dataset, LintReport lint) {}
