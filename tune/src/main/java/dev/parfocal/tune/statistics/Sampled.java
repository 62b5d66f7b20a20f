package dev.parfocal.tune.statistics;

import java.util.Arrays;

/**
 * Numbers with their bootstrap.
 *
 * @param estimate {@code [numbers]} from all images and seeds
 * @param drawn {@code [resamples, numbers]}
 * @param without {@code [groups, numbers]} without one image or group of images each
 */
public record Sampled(double[] estimate, double[][] drawn, double[][] without) {

    /** How one number varies. */
    public Spread of(int number) {
        return new Spread(estimate[number], existing(drawn, row -> row[number]), column(without, row -> row[number]));
    }

    /** How the difference of two numbers varies, draw by draw: the first less the second. */
    public Spread difference(int first, int second) {
        return new Spread(
                estimate[first] - estimate[second],
                existing(drawn, row -> row[first] - row[second]),
                column(without, row -> row[first] - row[second]));
    }

    private interface Entry {
        double of(double[] row);
    }

    /** Draws in which the number does not exist, say of a class that was not drawn, are left out. */
    private static double[] existing(double[][] rows, Entry entry) {
        return Arrays.stream(column(rows, entry))
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    private static double[] column(double[][] rows, Entry entry) {
        return Arrays.stream(rows).mapToDouble(entry::of).toArray();
    }

    @Override
    public String toString() {
        return Arrays.toString(estimate) + " and " + drawn.length + " resamples";
    }
}
