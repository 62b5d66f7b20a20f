package dev.parfocal.training.criterion;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
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
import java.util.List;

/**
 * How the losses are weighted against each other, on top of their configured weights. Every kind but the fixed one weights
 * something {@code between} which the weights are shared out, none less than {@code floor}, above 0, none more than {@code
 * ceiling}; for the kinds that combine gradients these bound a gradient's factor in the sum.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface BalanceConfig {

    /** The configured weights. */
    BalanceConfig DEFAULT = new Fixed();

    /** Each kind as it is when only its name is given. */
    List<BalanceConfig> KINDS = List.of(
            DEFAULT,
            new Uncertainty(Between.COMPONENTS, 0.05, 20, 0.025),
            new NormalizedGradients(Between.COMPONENTS, 0.05, 20, 0.025, 1.5),
            new Average(Between.COMPONENTS, 0.05, 20, 50, 2),
            new Projected(Between.COMPONENTS, 0.05, 20),
            new Averse(Between.COMPONENTS, 0.05, 20, 0.5));

    /** What is weighted. */
    enum Between {
        /** Every loss by itself. */
        COMPONENTS,
        /** The losses of detection together, and every further task. */
        TASKS
    }

    /** Its name in a configuration. */
    String kind();

    /** What is weighted. */
    Between between();

    /** The rule for a number of losses. */
    Balancer balancer(int losses);

    /** The configured weights. */
    record Fixed() implements BalanceConfig {
        @Override
        public String kind() {
            return "fixed";
        }

        @Override
        public Between between() {
            return Between.COMPONENTS;
        }

        @Override
        public Balancer balancer(int losses) {
            double[] ones = new double[losses];
            Arrays.fill(ones, 1);
            return new FixedWeights(ones, Limits.NONE);
        }
    }

    /**
     * By learned uncertainties: Kendall et al., arXiv 1705.07115.
     *
     * @param rate of learning, above 0
     */
    record Uncertainty(Between between, double floor, double ceiling, double rate) implements BalanceConfig {
        /** Checks the ranges. */
        public Uncertainty {
            limits(floor, ceiling);
            requirePositive("rate", rate);
        }

        @Override
        public String kind() {
            return "uncertainty";
        }

        @Override
        public Balancer balancer(int losses) {
            return new UncertaintyWeights(losses, rate, limits(floor, ceiling));
        }
    }

    /**
     * By the norms of gradients at the pyramid's levels: Chen et al., arXiv 1711.02257.
     *
     * @param rate of learning, above 0
     * @param alpha how strongly a loss that is behind is pulled, at least 0
     */
    record NormalizedGradients(Between between, double floor, double ceiling, double rate, double alpha)
            implements BalanceConfig {
        /** Checks the ranges. */
        public NormalizedGradients {
            limits(floor, ceiling);
            requirePositive("rate", rate);
            if (!(alpha >= 0)) {
                throw new ParfocalException("balance: alpha must be at least 0, but is " + alpha);
            }
        }

        @Override
        public String kind() {
            return "gradnorm";
        }

        @Override
        public Balancer balancer(int losses) {
            return new GradNorm(losses, alpha, rate, limits(floor, ceiling));
        }
    }

    /**
     * By how fast losses fall: Liu et al., arXiv 1803.10704.
     *
     * @param period steps whose losses are averaged, at least 1
     * @param temperature the larger, the more equal the weights; above 0
     */
    record Average(Between between, double floor, double ceiling, int period, double temperature)
            implements BalanceConfig {
        /** Checks the ranges. */
        public Average {
            limits(floor, ceiling);
            requirePositive("temperature", temperature);
            if (period < 1) {
                throw new ParfocalException("balance: period must be at least 1, but is " + period);
            }
        }

        @Override
        public String kind() {
            return "dwa";
        }

        @Override
        public Balancer balancer(int losses) {
            return new DynamicAverage(losses, period, temperature, limits(floor, ceiling));
        }
    }

    /** By gradients at the pyramid's levels without what pulls against others: Yu et al., arXiv 2001.06782. */
    record Projected(Between between, double floor, double ceiling) implements BalanceConfig {
        /** Checks the ranges. */
        public Projected {
            limits(floor, ceiling);
        }

        @Override
        public String kind() {
            return "pcgrad";
        }

        @Override
        public Balancer balancer(int losses) {
            return new ProjectedConflicts(losses, limits(floor, ceiling));
        }
    }

    /**
     * By the direction at the pyramid's levels that helps the worst of them most: Liu et al., arXiv 2110.14048.
     *
     * @param c distance from the mean gradient, as a share of its length, in [0, 1)
     */
    record Averse(Between between, double floor, double ceiling, double c) implements BalanceConfig {
        /** Checks the ranges. */
        public Averse {
            limits(floor, ceiling);
            if (!(c >= 0 && c < 1)) {
                throw new ParfocalException("balance: c must be in [0, 1), but is " + c);
            }
        }

        @Override
        public String kind() {
            return "cagrad";
        }

        @Override
        public Balancer balancer(int losses) {
            return new ConflictAverse(losses, c, limits(floor, ceiling));
        }
    }

    private static Limits limits(double floor, double ceiling) {
        if (!(floor > 0) || !(ceiling >= floor) || ceiling == Double.POSITIVE_INFINITY) {
            throw new ParfocalException("balance: floor must be above 0 (is " + floor
                    + "), ceiling at least the floor and finite (is " + ceiling + ")");
        }
        return new Limits(floor, ceiling);
    }

    private static void requirePositive(String key, double value) {
        if (!(value > 0)) {
            throw new ParfocalException("balance: " + key + " must be above 0, but is " + value);
        }
    }
}
