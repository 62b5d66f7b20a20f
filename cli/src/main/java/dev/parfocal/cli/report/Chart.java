package dev.parfocal.cli.report;

import dev.parfocal.cli.chart.Figure;
import dev.parfocal.cli.chart.InlineSvg;
import dev.parfocal.cli.chart.Intervals;
import dev.parfocal.cli.text.TextTable;
import java.util.List;
import java.util.Optional;

/**
 * A chart of a page.
 *
 * @param title above it
 * @param words what it shows and how it was made; may be empty
 * @param panels as SVG
 * @param columns how many of them stand side by side where there is room, 1 to 3
 * @param legend what the curves are called; empty if there is only one
 * @param numbers those of the chart that one may want to read
 */
public record Chart(
        String title,
        String words,
        List<String> panels,
        int columns,
        List<InlineSvg.Key> legend,
        Optional<TextTable> numbers) {

    /** Copies the lists. */
    public Chart {
        panels = List.copyOf(panels);
        legend = List.copyOf(legend);
    }

    /** A figure. */
    static Chart of(String title, String words, Figure figure) {
        int columns = figure.rows().stream()
                .mapToInt(row -> row.panels().size())
                .max()
                .orElse(1);
        List<String> panels = InlineSvg.panels(figure);
        return new Chart(
                title,
                words,
                panels,
                columns > 2 ? 3 : Math.min(2, panels.size()),
                InlineSvg.legend(figure),
                Optional.empty());
    }

    /** Numbers with their intervals, a panel for each measure that has any. */
    static Chart of(String title, String words, List<Intervals> measures) {
        List<String> panels = measures.stream()
                .filter(Intervals::hasNumbers)
                .map(InlineSvg::intervals)
                .toList();
        return new Chart(title, words, panels, Math.min(2, panels.size()), List.of(), Optional.empty());
    }

    /** The same with its numbers as a table. */
    Chart with(TextTable table) {
        return new Chart(title, words, panels, columns, legend, Optional.of(table));
    }

    /** The same with other words. */
    Chart saying(String other) {
        return new Chart(title, other, panels, columns, legend, numbers);
    }
}
