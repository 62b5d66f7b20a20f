package dev.parfocal.cli.chart;

import java.util.List;

/**
 * Parts of wholes, a bar for each whole.
 *
 * @param title the headline
 * @param subtitle one line below it
 * @param parts the name of each part, as many as there are shares
 * @param bars from top to bottom
 */
public record Shares(String title, String subtitle, List<String> parts, List<Bar> bars) {
    public Shares {
        parts = List.copyOf(parts);
        bars = List.copyOf(bars);
    }

    /**
     * A whole.
     *
     * @param name before the bar
     * @param shares {@code [parts]} in [0, 1], of sum 1 or 0
     * @param note behind the bar
     * @param isStriking whether the note is to be noticed
     */
    public record Bar(String name, double[] shares, String note, boolean isStriking) {}
}
