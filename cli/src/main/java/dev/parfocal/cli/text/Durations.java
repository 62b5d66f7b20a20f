package dev.parfocal.cli.text;

import dev.parfocal.core.ParfocalException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
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

    /**
     * A positive duration as people write it, {@code 90s}, {@code 30m}, {@code 1h30m}, or by ISO 8601, {@code PT30M}.
     *
     * @param option what errors call it
     */
    public static Duration parsed(String option, String text) {
        try {
            Duration duration = Duration.parse(text.regionMatches(true, 0, "P", 0, 1) ? text : "PT" + text);
            if (duration.compareTo(Duration.ofMillis(1)) >= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        throw new ParfocalException(option + " " + text + ": a time is written as 90s, 30m or 1h30m, above zero");
    }
}
