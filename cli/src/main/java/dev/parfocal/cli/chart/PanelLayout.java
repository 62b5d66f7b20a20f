package dev.parfocal.cli.chart;

import dev.parfocal.cli.chart.Mark.Anchor;
import dev.parfocal.cli.chart.Mark.Clip;
import dev.parfocal.cli.chart.Mark.Disc;
import dev.parfocal.cli.chart.Mark.Label;
import dev.parfocal.cli.chart.Mark.Patch;
import dev.parfocal.cli.chart.Mark.Polyline;
import dev.parfocal.cli.chart.Mark.Stroke;
import dev.parfocal.cli.chart.Mark.Upwards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Places one panel: axes, ticks, grid, labels, and the curves clipped to the frame. */
final class PanelLayout {

    static final double HEIGHT = 290;

    private static final double LEFT = 72;
    private static final double RIGHT = 10;
    private static final double TOP = 30;
    /** Without a title. */
    private static final double BARE_TOP = 12;

    private static final double BOTTOM = 48;
    private static final double TITLE_SIZE = 14;
    private static final double LABEL_SIZE = 13;
    private static final double TICK_SIZE = 12;
    /** Between the frame and the label beside it. */
    private static final double TICK_ROOM = 46;

    private static final double DOT = 2.6;
    private static final double SEAM = 0.4;

    private final Panel panel;
    private final Range xs;
    private final Range ys;
    private final double left;
    private final double right;
    private final double top;
    private final double bottom;
    private final List<Mark> marks = new ArrayList<>();

    /** A panel of this width whose upper left corner is at (x, y) and whose vertical axis shows {@code ys}. */
    PanelLayout(Panel panel, Range ys, double x, double y, double width) {
        this.panel = panel;
        this.ys = ys;
        xs = horizontal(panel);
        left = x + LEFT;
        right = x + width - RIGHT;
        top = y + (panel.title().isEmpty() ? BARE_TOP : TOP);
        bottom = y + HEIGHT - BOTTOM;
    }

    private static Range horizontal(Panel panel) {
        double from = Double.POSITIVE_INFINITY;
        double to = Double.NEGATIVE_INFINITY;
        for (Curve curve : panel.extent()) {
            from = Math.min(from, Arrays.stream(curve.x()).min().orElse(from));
            to = Math.max(to, Arrays.stream(curve.x()).max().orElse(to));
        }
        return from < to ? new Range(from, to) : new Range(from - 0.5, from + 0.5);
    }

    List<Mark> marks() {
        horizontalTicks();
        verticalTicks();
        tiles();
        frame();
        labels();
        List<Mark> curves = new ArrayList<>();
        panel.curves().forEach(curve -> addPieces(curve, curves));
        marks.add(new Clip(left, top, right - left, bottom - top, curves));
        // A dot on the frame shows as a whole.
        panel.dots().forEach(dot -> marks.add(new Disc(x(dot.x()), y(dot.y()), DOT, Style.DOT)));
        return marks;
    }

    private void tiles() {
        for (Tile tile : panel.tiles()) {
            double x = x(tile.left());
            double y = y(tile.high());
            // A hair wider, so that no seam shows between neighbours.
            marks.add(new Patch(x, y, x(tile.right()) - x + SEAM, y(tile.low()) - y + SEAM, tile.color()));
        }
    }

    private void horizontalTicks() {
        boolean counts = panel.extent().stream()
                .flatMapToDouble(curve -> Arrays.stream(curve.x()))
                .allMatch(x -> x == Math.rint(x));
        Ticks ticks = Ticks.between(xs.from(), xs.to(), 7, counts ? 1 : 0);
        for (double tick : ticks.values()) {
            double x = x(tick);
            line(x, top, x, bottom, gridColor(tick, ticks));
            line(x, bottom, x, bottom + 5, Style.AXIS);
            marks.add(new Label(x, bottom + 19, ticks.label(tick), TICK_SIZE, Anchor.MIDDLE, false, Style.QUIET));
        }
    }

    private void verticalTicks() {
        Ticks ticks = Ticks.between(ys.from(), ys.to(), 6);
        double widest = ticks.values().stream()
                .mapToDouble(tick -> TextWidth.of(ticks.label(tick), TICK_SIZE))
                .max()
                .orElse(0);
        double size = TICK_SIZE * Math.min(1, TICK_ROOM / widest);
        for (double tick : ticks.values()) {
            double y = y(tick);
            line(left, y, right, y, gridColor(tick, ticks));
            line(left - 5, y, left, y, Style.AXIS);
            marks.add(new Label(left - 9, y + 4, ticks.label(tick), size, Anchor.END, false, Style.QUIET));
        }
    }

    private static int gridColor(double tick, Ticks ticks) {
        return Math.abs(tick) < ticks.step() * 1e-6 ? Style.ZERO : Style.GRID;
    }

    private void frame() {
        line(left, top, left, bottom, Style.AXIS);
        line(left, bottom, right, bottom, Style.AXIS);
    }

    private void labels() {
        double middle = (left + right) / 2;
        marks.add(new Label(left, top - 10, panel.title(), TITLE_SIZE, Anchor.START, true, Style.TEXT));
        marks.add(new Label(middle, bottom + 39, panel.xLabel(), LABEL_SIZE, Anchor.MIDDLE, false, Style.TEXT));
        marks.add(new Upwards(left - LEFT + 14, (top + bottom) / 2, panel.yLabel(), LABEL_SIZE, Style.TEXT));
    }

    private void line(double x1, double y1, double x2, double y2, int color) {
        marks.add(new Polyline(new double[] {x1, x2}, new double[] {y1, y2}, Stroke.solid(color, 1)));
    }

    /**
     * Adds a curve's stretches of finite numbers. A lone point between gaps cannot be seen and is left out; a curve that is a
     * single point becomes a dot.
     */
    private void addPieces(Curve curve, List<Mark> pieces) {
        if (Arrays.stream(curve.y()).filter(Double::isFinite).count() == 1) {
            for (int i = 0; i < curve.x().length; i++) {
                if (Double.isFinite(curve.y()[i])) {
                    pieces.add(new Disc(
                            x(curve.x()[i]),
                            y(curve.y()[i]),
                            2 * DOT,
                            Style.curve(curve.style()).color()));
                }
            }
            return;
        }
        int start = 0;
        for (int i = 0; i <= curve.x().length; i++) {
            if (i == curve.x().length || !Double.isFinite(curve.y()[i])) {
                if (i - start > 1) {
                    pieces.add(piece(curve, start, i));
                }
                start = i + 1;
            }
        }
    }

    private Polyline piece(Curve curve, int from, int to) {
        double[] x = Arrays.stream(curve.x(), from, to).map(this::x).toArray();
        double[] y = Arrays.stream(curve.y(), from, to).map(this::y).toArray();
        return new Polyline(x, y, Style.curve(curve.style()));
    }

    private double x(double value) {
        return left + (value - xs.from()) / xs.length() * (right - left);
    }

    private double y(double value) {
        return bottom - (value - ys.from()) / ys.length() * (bottom - top);
    }
}
