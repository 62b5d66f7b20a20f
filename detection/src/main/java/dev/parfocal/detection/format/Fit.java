package dev.parfocal.detection.format;

/**
 * A format that a path can be read in.
 *
 * @param by the file that shows it, for people
 */
public record Fit(Format format, String by) {}
