package dev.parfocal.bench;

import java.util.List;
import java.util.Locale;

/** Markdown tables and the numbers in them. */
final class Tables {

    private Tables() {}

    static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    static String head(List<String> cells) {
        return row(cells) + "|" + "---|".repeat(cells.size()) + "\n";
    }

    /** Three significant digits. */
    static String milliseconds(double ms) {
        int decimals = ms < 10 ? 2 : ms < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", ms);
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, ratio < 10 && ratio != Math.rint(ratio) ? "%.1f ×" : "%.0f ×", ratio);
    }

    static String bytes(long bytes) {
        if (bytes < 0) {
            return "";
        }
        return bytes < 1 << 20
                ? (bytes + 1023) / 1024 + " KB"
                : String.format(Locale.ROOT, "%.0f MB", bytes / (double) (1 << 20));
    }
}
