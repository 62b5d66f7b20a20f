package dev.parfocal.bench;

import java.util.Arrays;

/** The calls of one contestant: milliseconds each. */
final class Timing {

    private double[] samples = new double[64];
    private int count;
    private double lastValue;

    void time(Contestant.Call call) {
        long start = System.nanoTime();
        lastValue = call.run();
        double elapsed = (System.nanoTime() - start) / 1e6;
        if (count == samples.length) {
            samples = Arrays.copyOf(samples, 2 * count);
        }
        samples[count++] = elapsed;
    }

    double median() {
        return median(samples, 0, count);
    }

    double best() {
        return Arrays.stream(samples, 0, count).min().orElse(Double.NaN);
    }

    int count() {
        return count;
    }

    double lastValue() {
        return lastValue;
    }

    /** The median of {@code samples[from .. to)}. */
    static double median(double[] samples, int from, int to) {
        double[] sorted = Arrays.copyOfRange(samples, from, to);
        Arrays.sort(sorted);
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
