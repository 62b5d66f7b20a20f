package dev.parfocal.cli.report;

import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.outcome.Confusion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A confusion by class as a table whose cells are the darker, the larger their share of their row. */
public record Heat(List<String> columns, List<Line> lines) {

    /** More classes than this make no table that anyone reads. */
    static final int MOST = 20;

    /** A row: what is true. */
    public record Line(String name, List<Cell> cells) {}

    /**
     * How often that was detected.
     *
     * @param share of its row, in [0, 1], as CSS reads it
     */
    public record Cell(int count, String share, boolean isDark, boolean isRight, String words) {}

    /** The table of a confusion. */
    static Heat of(Confusion confusion) {
        List<String> names = confusion.categories().stream().map(Category::name).toList();
        List<Line> lines = new ArrayList<>();
        for (int row = 0; row <= names.size(); row++) {
            String name = row < names.size() ? names.get(row) : "nothing there";
            List<Cell> cells = new ArrayList<>();
            for (int column = 0; column <= names.size(); column++) {
                cells.add(cell(confusion, row, column));
            }
            lines.add(new Line(name, cells));
        }
        return new Heat(Stream.concat(names.stream(), Stream.of("missed")).toList(), lines);
    }

    private static Cell cell(Confusion confusion, int row, int column) {
        int count = confusion.counts()[row][column];
        int total = confusion.total(row);
        double share = total == 0 ? 0 : (double) count / total;
        String words = String.format(Locale.ROOT, "%d of %d, %.0f %%", count, total, 100 * share);
        boolean isRight = row == column && row < confusion.categories().size();
        return new Cell(count, String.format(Locale.ROOT, "%.3f", share), share > 0.6, isRight, words);
    }
}
