package dev.parfocal.core.balance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * PCGrad: a gradient that points against another's loses the part that does; Yu, Kumar, Gupta, Levine, Hausman and Finn,
 * Gradient Surgery for Multi-Task Learning, NeurIPS 2020, arXiv 2001.06782.
 *
 * <p>Each gradient g meets the others h in random order; where {@code g . h < 0} it becomes
 * {@code g - (g . h) / (h . h) * h}. The shared layers follow the sum. Without a conflict that is the plain sum.
 */
public final class ProjectedConflicts implements Balancer {

    private final int losses;
    private final Limits limits;

    /**
     * PCGrad for a number of losses.
     *
     * @param limits of each gradient's factor in the sum
     */
    public ProjectedConflicts(int losses, Limits limits) {
        this.losses = losses;
        this.limits = limits;
    }

    @Override
    public Needs needs() {
        return Needs.GRADIENTS;
    }

    @Override
    public double[] weights() {
        double[] ones = new double[losses];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Override
    public double[] combine(Gram gram, long draw) {
        Random random = new Random(draw);
        double[] total = new double[gram.size()];
        for (int i = 0; i < total.length; i++) {
            double[] own = projected(gram, i, order(gram.size(), random));
            for (int j = 0; j < total.length; j++) {
                total[j] += own[j];
            }
        }
        return limits.clip(total);
    }

    private static List<Integer> order(int size, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        return order;
    }

    /** The factors whose sum of gradients is gradient {@code i} without its conflicts. */
    private static double[] projected(Gram gram, int i, List<Integer> order) {
        double[] factors = new double[gram.size()];
        factors[i] = 1;
        for (int j : order) {
            double along = gram.dot(j, factors);
            if (j != i && along < 0 && gram.dot(j, j) > 0) {
                factors[j] -= along / gram.dot(j, j);
            }
        }
        return factors;
    }
}
