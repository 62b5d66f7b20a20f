package dev.parfocal.djl;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The running mean of a loss under each of the names that DJL's listeners keep: an epoch's, the progress bar's. */
final class Totals {

    private record Total(double sum, long batches) {
        Total plus(float value) {
            return new Total(sum + value, batches + 1);
        }
    }

    private static final Total NOTHING = new Total(0, 0);

    private final Map<String, Total> totals = new ConcurrentHashMap<>();

    void start(String key) {
        totals.put(key, NOTHING);
    }

    /** Adds one batch; keys that were never started are left alone, as DJL's own evaluators do. */
    void add(String key, float value) {
        totals.computeIfPresent(key, (name, total) -> total.plus(value));
    }

    void reset(String key) {
        totals.computeIfPresent(key, (name, total) -> NOTHING);
    }

    /** The mean over batches; NaN if there was none. */
    float mean(String key) {
        Total total = totals.get(key);
        if (total == null) {
            throw new IllegalArgumentException("No loss found at that path: " + key);
        }
        return total.batches == 0 ? Float.NaN : (float) (total.sum / total.batches);
    }
}
