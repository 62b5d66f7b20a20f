package dev.parfocal.training.record;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Splits a step's wall time into named laps: {@code data} (waiting for images), {@code forward}, {@code assign},
 * {@code loss}, {@code backward}, {@code step} (clipping, optimiser, average).
 */
public final class Stopwatch {
    private static final double NANOS_PER_MILLI = 1e6;

    private final long start = System.nanoTime();
    private final Map<String, Double> laps = new LinkedHashMap<>();
    private long last = start;

    /** Ends a lap that began with the end of the one before; laps of one name add up. */
    public void lap(String name) {
        long now = System.nanoTime();
        laps.merge(name, (now - last) / NANOS_PER_MILLI, Double::sum);
        last = now;
    }

    /** Milliseconds by lap, in the order in which they first ended. */
    public Map<String, Double> milliseconds() {
        return laps;
    }

    /** All laps together. */
    public double seconds() {
        return (last - start) / 1e9;
    }
}
