package dev.parfocal.cli.chart;

/**
 * A line of a panel.
 *
 * @param style which colour and dashes it has: curves of the same number look the same in all panels
 * @param x ascending
 * @param y as long as {@code x}; where a number is not finite, the line has a gap
 */
public record Curve(int style, double[] x, double[] y) {
    public Curve {
        if (x.length != y.length) {
            throw new IllegalArgumentException(x.length + " x and " + y.length + " y");
        }
    }
}
