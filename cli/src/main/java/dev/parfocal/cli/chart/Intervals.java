package dev.parfocal.cli.chart;

import java.util.List;
import java.util.Locale;

/**
 * Numbers with their intervals, a row each.
 *
 * @param label of the axis
 */
public record Intervals(String title, String label, List<Row> rows) {

    public Intervals {
        rows = List.copyOf(rows);
    }

    /**
     * A number and its interval.
     *
     * @param value may be NaN, then the row says so
     * @param low NaN if there is no interval
     * @param high NaN if there is no interval
     */
    public record Row(String name, double value, double low, double high) {

        String words() {
            if (!Double.isFinite(value)) {
                return "none";
            }
            return Double.isFinite(low) && Double.isFinite(high)
                    ? String.format(Locale.ROOT, "%.3f  (%.3f to %.3f)", value, low, high)
                    : String.format(Locale.ROOT, "%.3f", value);
        }
    }

    /** Whether any of the numbers exists. */
    public boolean hasNumbers() {
        return rows.stream().anyMatch(row -> Double.isFinite(row.value()));
    }
}
