package dev.parfocal.cli.chart;

/**
 * A filled rectangle of a panel, behind its curves.
 *
 * @param left where it begins on the horizontal axis
 * @param low where it begins on the vertical axis
 * @param color 0xRRGGBB
 */
public record Tile(double left, double low, double right, double high, int color) {}
