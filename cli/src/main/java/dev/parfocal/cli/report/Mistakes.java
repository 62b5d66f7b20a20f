package dev.parfocal.cli.report;

import dev.parfocal.cli.text.TextTable;
import dev.parfocal.detection.outcome.Confusion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The most frequent mistakes of a confusion, for many classes. */
final class Mistakes {
    private static final int ROWS = 20;

    private Mistakes() {}

    private record Mistake(String what, String instead, int count, int of) {}

    static TextTable table(Confusion confusion) {
        int nothing = confusion.categories().size();
        List<Mistake> mistakes = new ArrayList<>();
        for (int row = 0; row <= nothing; row++) {
            for (int column = 0; column <= nothing; column++) {
                int count = confusion.counts()[row][column];
                if (row != column && count > 0) {
                    mistakes.add(new Mistake(
                            row < nothing ? confusion.categories().get(row).name() : "nothing there",
                            column < nothing
                                    ? confusion.categories().get(column).name()
                                    : "missed",
                            count,
                            confusion.total(row)));
                }
            }
        }
        mistakes.sort(Comparator.comparingInt(Mistake::count).reversed());
        TextTable table = new TextTable("what it is", "what was detected", ">times", ">share of the row");
        mistakes.stream()
                .limit(ROWS)
                .forEach(each -> table.row(
                        each.what(),
                        each.instead(),
                        String.valueOf(each.count()),
                        String.format(Locale.ROOT, "%.0f %%", 100.0 * each.count() / each.of())));
        return table;
    }
}
