package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.balance.Balancer;
import dev.parfocal.core.balance.ConflictAverse;
import dev.parfocal.core.balance.DynamicAverage;
import dev.parfocal.core.balance.FixedWeights;
import dev.parfocal.core.balance.GradNorm;
import dev.parfocal.core.balance.Limits;
import dev.parfocal.core.balance.ProjectedConflicts;
import dev.parfocal.core.balance.UncertaintyWeights;
import java.util.Arrays;

/**
 * How the losses are weighted against each other, on top of their configured weights.
 *
 * @param method the rule
 * @param between what is weighted: each loss, or the losses of detection as one and each further task
 * @param floor least weight, above 0; for {@code PCGRAD} and {@code CAGRAD} of a gradient's factor in the sum
 * @param ceiling largest weight
 * @param rate of learning: {@code UNCERTAINTY}, {@code GRADNORM}
 * @param alpha how strongly a loss that is behind is pulled: {@code GRADNORM}
 * @param period steps whose losses are averaged: {@code DWA}
 * @param temperature the larger, the more equal the weights: {@code DWA}
 * @param c distance from the mean gradient, as a share of its length, in [0, 1): {@code CAGRAD}
 */
public record BalanceConfig(
        Method method,
        Between between,
        double floor,
        double ceiling,
        double rate,
        double alpha,
        int period,
        double temperature,
        double c) {

    /** The rules there are. */
    public enum Method {
        /** The configured weights. */
        FIXED,
        /** Kendall et al., arXiv 1705.07115. */
        UNCERTAINTY,
        /** Chen et al., arXiv 1711.02257; by the gradients at the pyramid's levels. */
        GRADNORM,
        /** Liu et al., arXiv 1803.10704. */
        DWA,
        /** Yu et al., arXiv 2001.06782; at the pyramid's levels. */
        PCGRAD,
        /** Liu et al., arXiv 2110.14048; at the pyramid's levels. */
        CAGRAD
    }

    /** What is weighted. */
    public enum Between {
        /** Every loss by itself. */
        COMPONENTS,
        /** The losses of detection together, and every further task. */
        TASKS
    }

    /** The configured weights. */
    public static final BalanceConfig DEFAULT =
            new BalanceConfig(Method.FIXED, Between.COMPONENTS, 0.05, 20, 0.025, 1.5, 50, 2, 0.5);

    /** Checks the ranges. */
    public BalanceConfig {
        if (!(floor > 0) || !(ceiling >= floor) || ceiling == Double.POSITIVE_INFINITY) {
            throw new ParfocalException("balance: floor must be above 0 (is " + floor
                    + "), ceiling at least the floor and finite (is " + ceiling + ")");
        }
        if (!(rate > 0) || !(alpha >= 0) || period < 1 || !(temperature > 0) || !(c >= 0 && c < 1)) {
            throw new ParfocalException("balance: rate and temperature must be above 0 (are " + rate + ", "
                    + temperature + "), alpha at least 0 (is " + alpha + "), period at least 1 (is " + period
                    + "), c in [0, 1) (is " + c + ")");
        }
    }

    /** The rule for a number of losses. */
    Balancer balancer(int losses) {
        Limits limits = new Limits(floor, ceiling);
        return switch (method) {
            case FIXED -> new FixedWeights(ones(losses), Limits.NONE);
            case UNCERTAINTY -> new UncertaintyWeights(losses, rate, limits);
            case GRADNORM -> new GradNorm(losses, alpha, rate, limits);
            case DWA -> new DynamicAverage(losses, period, temperature, limits);
            case PCGRAD -> new ProjectedConflicts(losses, limits);
            case CAGRAD -> new ConflictAverse(losses, c, limits);
        };
    }

    private static double[] ones(int size) {
        double[] ones = new double[size];
        Arrays.fill(ones, 1);
        return ones;
    }
}
