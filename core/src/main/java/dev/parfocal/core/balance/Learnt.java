package dev.parfocal.core.balance;

import dev.parfocal.core.ParfocalException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A few numbers that follow their gradients by Adam; Kingma and Ba, arXiv 1412.6980. With the running means m of the
 * gradient and v of its square: {@code x -= rate * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)}.
 */
final class Learnt {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double rate;
    private final double[] values;
    private final double[] mean;
    private final double[] square;
    private double steps;

    /** Numbers that start at 0. */
    Learnt(int size, double rate) {
        if (!(rate > 0) || rate == Double.POSITIVE_INFINITY) {
            throw new ParfocalException("weights are learnt at a rate above 0, not at " + rate);
        }
        this.rate = rate;
        values = new double[size];
        mean = new double[size];
        square = new double[size];
    }

    /** The numbers themselves; they may be changed. */
    double[] values() {
        return values;
    }

    void step(double[] gradient) {
        steps++;
        for (int i = 0; i < values.length; i++) {
            mean[i] += (1 - BETA1) * (gradient[i] - mean[i]);
            square[i] += (1 - BETA2) * (gradient[i] * gradient[i] - square[i]);
            double m = mean[i] / (1 - Math.pow(BETA1, steps));
            double v = square[i] / (1 - Math.pow(BETA2, steps));
            values[i] -= rate * m / (Math.sqrt(v) + EPSILON);
        }
    }

    Map<String, double[]> state() {
        Map<String, double[]> state = new LinkedHashMap<>();
        state.put("values", values.clone());
        state.put("mean", mean.clone());
        state.put("square", square.clone());
        state.put("steps", new double[] {steps});
        return state;
    }

    void restore(Map<String, double[]> state) {
        State.copy(state, "values", values);
        State.copy(state, "mean", mean);
        State.copy(state, "square", square);
        double[] taken = new double[1];
        State.copy(state, "steps", taken);
        steps = taken[0];
    }
}
