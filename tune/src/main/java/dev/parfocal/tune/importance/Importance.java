package dev.parfocal.tune.importance;

import dev.parfocal.tune.gp.Surrogate;
import dev.parfocal.tune.study.History;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.random.SobolSequenceGenerator;
import org.hipparchus.stat.StatUtils;

/**
 * How much of the variation of the cost over the whole space each variable explains: Sobol's indices of what a Gaussian
 * process believes (Saltelli et al.: Variance based sensitivity analysis, Computer Physics Communications 2010; the
 * estimators of Jansen 1999).
 *
 * @param variable its name
 * @param alone share of the variance that it explains by itself, in [0, 1]
 * @param total share that vanishes if it is known, interactions included, in [0, 1]
 */
public record Importance(String variable, double alone, double total) {
    private static final int POINTS = 512;

    /**
     * The variables, the most important first.
     *
     * @param metric which of the study's metrics
     * @return empty if too few trials have ended
     */
    public static Optional<List<Importance>> of(History history, int metric) {
        return Surrogate.of(history, weights(history, metric)).map(surrogate -> {
            int size = history.space().variables().size();
            double[][] indices = indices(surrogate::cost, size);
            return IntStream.range(0, size)
                    .mapToObj(i ->
                            new Importance(history.space().variables().get(i).name(), indices[0][i], indices[1][i]))
                    .sorted(Comparator.comparingDouble((Importance each) -> -each.total()))
                    .toList();
        });
    }

    static double[] weights(History history, int metric) {
        double[] weights = new double[history.metrics().size()];
        weights[metric] = 1;
        return weights;
    }

    /** First-order and total indices of a function on the unit cube. */
    static double[][] indices(ToDoubleFunction<double[]> function, int size) {
        SobolSequenceGenerator sequence = new SobolSequenceGenerator(2 * size);
        sequence.skipTo(1);
        double[][] a = new double[POINTS][];
        double[][] b = new double[POINTS][];
        for (int i = 0; i < POINTS; i++) {
            double[] both = sequence.nextVector();
            a[i] = Arrays.copyOf(both, size);
            b[i] = Arrays.copyOfRange(both, size, 2 * size);
        }
        double[] atA = Arrays.stream(a).mapToDouble(function).toArray();
        double[] atB = Arrays.stream(b).mapToDouble(function).toArray();
        double[] all = Arrays.copyOf(atA, 2 * POINTS);
        System.arraycopy(atB, 0, all, POINTS, POINTS);
        double variance = Math.max(StatUtils.populationVariance(all), Double.MIN_NORMAL);
        double[][] indices = new double[2][size];
        for (int variable = 0; variable < size; variable++) {
            double fromA = 0;
            double fromB = 0;
            for (int i = 0; i < POINTS; i++) {
                double[] mixed = a[i].clone();
                mixed[variable] = b[i][variable];
                double value = function.applyAsDouble(mixed);
                fromA += (atA[i] - value) * (atA[i] - value) / (2 * POINTS);
                fromB += (atB[i] - value) * (atB[i] - value) / (2 * POINTS);
            }
            indices[0][variable] = share(1 - fromB / variance);
            indices[1][variable] = share(fromA / variance);
        }
        return indices;
    }

    private static double share(double index) {
        return Math.min(1, Math.max(0, index));
    }
}
