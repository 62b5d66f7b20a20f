package dev.parfocal.cli.chart;

import dev.parfocal.cli.chart.Mark.Polyline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A figure taken apart for a page, which arranges the panels itself and colours them by its variables {@code --chart-text},
 * {@code -quiet}, {@code -grid}, {@code -zero}, {@code -axis}, {@code -dot}, {@code -ground} and {@code --chart-0} to
 * {@code -6}.
 */
public final class InlineSvg {
    /** Of a panel; narrower where more than two stand side by side, so that text keeps its size. */
    private static final double WIDTH = 440;

    private static final double NARROW = 350;
    private static final double SAMPLE = 34;

    private InlineSvg() {}

    /** An entry of the legend: what a curve is called, and a piece of it. */
    public record Key(String name, String sample) {}

    /** A drawing for each panel that shows anything, row by row. */
    public static List<String> panels(Figure figure) {
        List<String> drawings = new ArrayList<>();
        for (Figure.Row row : figure.rows()) {
            List<Range> ranges = FigureLayout.ranges(row);
            double width = ranges.size() > 2 ? NARROW : WIDTH;
            for (int i = 0; i < ranges.size(); i++) {
                Panel panel = row.panels().get(i);
                if (panel.extent().stream().anyMatch(curve -> curve.x().length > 0)) {
                    List<Mark> marks = new PanelLayout(panel, ranges.get(i), 0, 0, width).marks();
                    drawings.add(SvgWriter.inline(
                            new Scene(title(panel), width, PanelLayout.HEIGHT, marks), described(panel, figure)));
                }
            }
        }
        return drawings;
    }

    /** A drawing of numbers with their intervals. */
    public static String intervals(Intervals intervals) {
        String words = intervals.rows().stream()
                .map(row -> row.name() + " " + row.words())
                .collect(Collectors.joining("; "));
        return SvgWriter.inline(IntervalLayout.layOut(intervals), intervals.title() + ": " + words);
    }

    /** The legend; empty if there is a single curve. */
    public static List<Key> legend(Figure figure) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < figure.legend().size() && figure.legend().size() > 1; i++) {
            Mark line = new Polyline(new double[] {0, SAMPLE}, new double[] {5, 5}, Style.curve(i));
            String name = figure.legend().get(i);
            keys.add(new Key(name, SvgWriter.inline(new Scene(name, SAMPLE, 10, List.of(line)), "")));
        }
        return keys;
    }

    private static String title(Panel panel) {
        return panel.title().isEmpty() ? panel.yLabel() + " over " + panel.xLabel() : panel.title();
    }

    /** The panel in words: its axes, and from where to where each curve goes. */
    private static String described(Panel panel, Figure figure) {
        String curves = panel.curves().stream()
                .map(curve -> described(curve, figure))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; "));
        String dots = panel.dots().isEmpty() ? "" : " " + panel.dots().size() + " dots.";
        return title(panel) + ": " + panel.yLabel() + " over " + panel.xLabel() + "." + (curves.isEmpty() ? "" : " ")
                + curves + dots;
    }

    private static String described(Curve curve, Figure figure) {
        double[] y = Arrays.stream(curve.y()).filter(Double::isFinite).toArray();
        if (y.length == 0) {
            return "";
        }
        String name = curve.style() < figure.legend().size() ? figure.legend().get(curve.style()) + " " : "";
        return String.format(Locale.ROOT, "%sfrom %.4g to %.4g", name, y[0], y[y.length - 1]);
    }
}
