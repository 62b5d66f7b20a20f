package dev.parfocal.tune.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's step-down correction: of many comparisons, the probability that any of those called real is not stays below the
 * level. (Holm: A Simple Sequentially Rejective Multiple Test Procedure, Scandinavian Journal of Statistics 1979.)
 */
public final class Holm {

    private Holm() {}

    /**
     * The adjusted probabilities, in the order given; one below 0.05 stands at that level.
     *
     * @param p each in [0, 1]; NaN for a comparison that could not be made, which stays NaN and does not count
     */
    public static double[] adjust(double... p) {
        int[] order = IntStream.range(0, p.length)
                .filter(i -> !Double.isNaN(p[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = p.clone();
        double highest = 0;
        for (int rank = 0; rank < order.length; rank++) {
            highest = Math.max(highest, Math.min(1, (order.length - rank) * p[order[rank]]));
            adjusted[order[rank]] = highest;
        }
        return adjusted;
    }
}
