package dev.parfocal.cli.chart;

import dev.parfocal.cli.chart.Mark.Anchor;
import dev.parfocal.cli.chart.Mark.Disc;
import dev.parfocal.cli.chart.Mark.Label;
import dev.parfocal.cli.chart.Mark.Polyline;
import dev.parfocal.cli.chart.Mark.Stroke;
import java.util.ArrayList;
import java.util.List;

/** Places numbers with their intervals: name and number on a line of their own, the interval below it. */
final class IntervalLayout {
    private static final double WIDTH = 440;
    private static final double EDGE = 10;
    private static final double TOP = 30;
    private static final double ROW = 40;
    private static final double BAR = 26;
    private static final double CAP = 4;
    private static final double NAME = 13;
    private static final double BOTTOM = 46;

    private final Intervals intervals;
    private final Range range;
    private final double bottom;
    private final List<Mark> marks = new ArrayList<>();

    private IntervalLayout(Intervals intervals) {
        this.intervals = intervals;
        range = Range.ofValues(intervals.rows().stream()
                .map(row -> new Curve(0, new double[3], new double[] {row.value(), row.low(), row.high()}))
                .toList());
        bottom = TOP + ROW * intervals.rows().size();
    }

    static Scene layOut(Intervals intervals) {
        IntervalLayout layout = new IntervalLayout(intervals);
        layout.axis();
        for (int i = 0; i < intervals.rows().size(); i++) {
            layout.row(intervals.rows().get(i), TOP + ROW * i, i);
        }
        return new Scene(intervals.title(), WIDTH, layout.bottom + BOTTOM, layout.marks);
    }

    private void axis() {
        marks.add(new Label(EDGE, TOP - 12, intervals.title(), 14, Anchor.START, true, Style.TEXT));
        Ticks ticks = Ticks.between(range.from(), range.to(), 6);
        for (double tick : ticks.values()) {
            line(x(tick), TOP, x(tick), bottom, Style.GRID, 1);
            line(x(tick), bottom, x(tick), bottom + 5, Style.AXIS, 1);
            marks.add(new Label(x(tick), bottom + 19, ticks.label(tick), 12, Anchor.MIDDLE, false, Style.QUIET));
        }
        line(EDGE, bottom, WIDTH - EDGE, bottom, Style.AXIS, 1);
        marks.add(new Label(WIDTH / 2, bottom + 38, intervals.label(), 13, Anchor.MIDDLE, false, Style.TEXT));
    }

    private void row(Intervals.Row row, double top, int number) {
        int color = Style.curve(number).color();
        double room = WIDTH - 2 * EDGE - TextWidth.of(row.words(), NAME);
        marks.add(new Label(EDGE, top + 15, shortened(row.name(), room), NAME, Anchor.START, false, Style.TEXT));
        marks.add(new Label(WIDTH - EDGE, top + 15, row.words(), NAME, Anchor.END, false, Style.QUIET));
        double y = top + BAR;
        if (Double.isFinite(row.low()) && Double.isFinite(row.high())) {
            line(x(row.low()), y, x(row.high()), y, color, 2);
            line(x(row.low()), y - CAP, x(row.low()), y + CAP, color, 2);
            line(x(row.high()), y - CAP, x(row.high()), y + CAP, color, 2);
        }
        if (Double.isFinite(row.value())) {
            marks.add(new Disc(x(row.value()), y, 5, color));
        }
    }

    /** As much of a name as there is room for. */
    private static String shortened(String name, double room) {
        String all = name;
        while (all.length() > 1 && TextWidth.of(all, NAME) > room) {
            all = all.replaceFirst("..?$", "") + "\u2026";
        }
        return all;
    }

    private void line(double x1, double y1, double x2, double y2, int color, double width) {
        marks.add(new Polyline(new double[] {x1, x2}, new double[] {y1, y2}, Stroke.solid(color, width)));
    }

    private double x(double value) {
        return EDGE + (value - range.from()) / range.length() * (WIDTH - 2 * EDGE);
    }
}
