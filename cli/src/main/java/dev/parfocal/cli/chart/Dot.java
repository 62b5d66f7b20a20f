package dev.parfocal.cli.chart;

/** A single observation on a panel, before its curves. */
public record Dot(double x, double y) {}
