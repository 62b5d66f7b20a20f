package dev.parfocal.cli.text;

import java.time.Duration;
import java.util.Locale;

/** Durations as people write them. */
public final class Durations {

    private Durations() {}

    /** A duration to the second: {@code 42 s}, {@code 3 min 05 s}, {@code 2 h 07 min}. */
    public static String shown(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1000.0);
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }
}
