package dev.parfocal.tune.gp;

import java.util.Arrays;

/**
 * What decides a Gaussian process beside its data.
 *
 * @param lengths of each dimension: over what distance values are alike
 * @param signal variance of the function
 * @param noise variance of what is observed of it
 */
public record Hyperparameters(double[] lengths, double signal, double noise) {

    /** Their logarithms: lengths, signal, noise. */
    double[] toLogs() {
        double[] logs = Arrays.copyOf(lengths, lengths.length + 2);
        logs[lengths.length] = signal;
        logs[lengths.length + 1] = noise;
        return Arrays.stream(logs).map(Math::log).toArray();
    }

    static Hyperparameters ofLogs(double[] logs) {
        int dimensions = logs.length - 2;
        double[] lengths = Arrays.stream(logs, 0, dimensions).map(Math::exp).toArray();
        return new Hyperparameters(lengths, Math.exp(logs[dimensions]), Math.exp(logs[dimensions + 1]));
    }
}
