package dev.parfocal.cli.chart;

import dev.parfocal.cli.chart.Figure.Row;
import dev.parfocal.cli.chart.Mark.Anchor;
import dev.parfocal.cli.chart.Mark.Label;
import dev.parfocal.cli.chart.Mark.Polyline;
import java.util.ArrayList;
import java.util.List;

/** Gives every part of a figure its place: title, subtitle, legend in as many lines as it needs, panels in a grid. */
final class FigureLayout {

    private static final double MARGIN = 24;
    private static final double TITLE_SIZE = 19;
    private static final double SUBTITLE_SIZE = 13;
    private static final double LEGEND_SIZE = 13;
    private static final double LEGEND_LINE = 22;
    private static final double SAMPLE = 34;
    private static final double GAP = 22;
    /** Of a panel; one that stands alone is wider. */
    private static final double PANEL = 420;

    private static final double ALONE = 640;

    /** Panels get the same scale only if each fills more than this share of it. */
    private static final double FLAT = 0.4;

    private final Figure figure;
    private final double width;
    private final double panelWidth;
    private final List<Mark> marks = new ArrayList<>();
    private double y = MARGIN;

    private FigureLayout(Figure figure) {
        this.figure = figure;
        int columns = figure.rows().stream()
                .mapToInt(row -> row.panels().size())
                .max()
                .orElse(1);
        panelWidth = columns == 1 ? ALONE : PANEL;
        double panels = 2 * MARGIN + columns * panelWidth + (columns - 1) * GAP;
        double words = Math.max(
                TextWidth.of(figure.title(), TITLE_SIZE) * 1.1, TextWidth.of(figure.subtitle(), SUBTITLE_SIZE));
        width = Math.max(panels, words + 2 * MARGIN);
    }

    static Scene layOut(Figure figure) {
        return new FigureLayout(figure).scene();
    }

    private Scene scene() {
        header();
        legend();
        for (Row row : figure.rows()) {
            row(row);
        }
        return new Scene(figure.title(), width, Math.ceil(y - GAP + MARGIN), marks);
    }

    private void header() {
        y += TITLE_SIZE * 0.8;
        marks.add(new Label(MARGIN, y, figure.title(), TITLE_SIZE, Anchor.START, true, Style.TEXT));
        if (!figure.subtitle().isEmpty()) {
            y += SUBTITLE_SIZE + 9;
            marks.add(new Label(MARGIN, y, figure.subtitle(), SUBTITLE_SIZE, Anchor.START, false, Style.QUIET));
        }
        y += 10;
    }

    private void legend() {
        if (figure.legend().size() < 2) {
            y += 8;
            return;
        }
        double x = MARGIN;
        y += LEGEND_LINE;
        for (int entry = 0; entry < figure.legend().size(); entry++) {
            String name = figure.legend().get(entry);
            double needed = SAMPLE + 8 + TextWidth.of(name, LEGEND_SIZE);
            if (x > MARGIN && x + needed > width - MARGIN) {
                x = MARGIN;
                y += LEGEND_LINE;
            }
            double middle = y - LEGEND_SIZE * 0.35;
            marks.add(new Polyline(new double[] {x, x + SAMPLE}, new double[] {middle, middle}, Style.curve(entry)));
            marks.add(new Label(x + SAMPLE + 8, y, name, LEGEND_SIZE, Anchor.START, false, Style.TEXT));
            x += needed + GAP;
        }
        y += 14;
    }

    private void row(Row row) {
        double x = MARGIN;
        List<Range> ranges = ranges(row);
        for (int i = 0; i < ranges.size(); i++) {
            Panel panel = row.panels().get(i);
            Range range = ranges.get(i);
            marks.addAll(new PanelLayout(panel, range, x, y, panelWidth).marks());
            x += panelWidth + GAP;
        }
        y += PanelLayout.HEIGHT + GAP;
    }

    /** What the vertical axis of each panel shows. */
    static List<Range> ranges(Row row) {
        List<Curve> all =
                row.panels().stream().flatMap(panel -> panel.extent().stream()).toList();
        Range common = Range.ofValues(all);
        boolean shared = row.sameScale()
                && row.panels().stream()
                        .allMatch(panel -> Range.ofValues(panel.extent()).length() > FLAT * common.length());
        return row.panels().stream()
                .map(panel -> shared ? common : Range.ofValues(panel.extent()))
                .toList();
    }
}
