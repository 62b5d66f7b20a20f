package dev.parfocal.cli.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table for the terminal: columns padded to their widest cell, two spaces between them. */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<String> headings;
    private final boolean[] right;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these headings; one that starts with {@code >} marks a column of numbers, aligned right. */
    public TextTable(String... headings) {
        this.headings = Arrays.stream(headings)
                .map(heading -> heading.startsWith(">") ? heading.substring(1) : heading)
                .toList();
        right = new boolean[headings.length];
        for (int column = 0; column < headings.length; column++) {
            right[column] = headings[column].startsWith(">");
        }
    }

    /** Adds a row. A cell may have several lines; the row is then as high as its highest cell. */
    public TextTable row(String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException("a row needs " + headings.size() + " cells, not " + cells.length);
        }
        rows.add(List.of(cells));
        return this;
    }

    /** The headings. */
    public List<String> headings() {
        return headings;
    }

    /** Whether a column has numbers. */
    public boolean isNumber(int column) {
        return right[column];
    }

    /** The rows, each as long as the headings. */
    public List<List<String>> rows() {
        return List.copyOf(rows);
    }

    @Override
    public String toString() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        append(text, headings, widths);
        append(text, Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths);
        rows.forEach(row -> append(text, row, widths));
        return text.toString();
    }

    /** The same as a Markdown table; cells of one line. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        markdown(text, headings);
        List<String> rule = new ArrayList<>();
        for (boolean isNumber : right) {
            rule.add(isNumber ? "---:" : "---");
        }
        markdown(text, rule);
        rows.forEach(row -> markdown(text, row));
        return text.toString();
    }

    private static void markdown(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private int[] widths() {
        int[] widths = new int[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = headings.get(column).length();
            for (List<String> row : rows) {
                int widest =
                        row.get(column).lines().mapToInt(String::length).max().orElse(0);
                widths[column] = Math.max(widths[column], widest);
            }
        }
        return widths;
    }

    private void append(StringBuilder text, List<String> cells, int[] widths) {
        List<List<String>> lines =
                cells.stream().map(cell -> cell.lines().toList()).toList();
        int height = lines.stream().mapToInt(List::size).max().orElse(1);
        for (int line = 0; line < height; line++) {
            StringBuilder row = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                List<String> cell = lines.get(column);
                String content = line < cell.size() ? cell.get(line) : "";
                String padding = " ".repeat(widths[column] - content.length());
                row.append(column == 0 ? "" : GAP).append(right[column] ? padding + content : content + padding);
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
    }
}
