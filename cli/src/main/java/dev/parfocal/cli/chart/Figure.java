package dev.parfocal.cli.chart;

import java.util.List;

/**
 * What a chart shows, before it is laid out.
 *
 * @param title the headline
 * @param subtitle one line below it; empty for none
 * @param legend the name of each style of curve; a single unnamed one needs no legend
 * @param rows panels side by side, row by row
 */
public record Figure(String title, String subtitle, List<String> legend, List<Row> rows) {

    public Figure {
        legend = List.copyOf(legend);
        rows = List.copyOf(rows);
    }

    /**
     * Panels side by side.
     *
     * @param sameScale whether their vertical axes show the same range, so that they can be compared, unless that would
     *     flatten one of them
     */
    public record Row(boolean sameScale, List<Panel> panels) {
        public Row {
            panels = List.copyOf(panels);
        }
    }
}
