package dev.parfocal.training.model;

import org.jspecify.annotations.Nullable;

/**
 * How a score is made of a class's probability p and a branch's probability q: p^classPower · q^branchPower.
 *
 * @param classPower exponent of p
 * @param branch whose sigmoid is q; absent: p alone
 * @param branchPower exponent of q
 */
public record Scoring(double classPower, @Nullable String branch, double branchPower) {

    /** The class's probability. */
    public static final Scoring PLAIN = new Scoring(1, null, 0);

    /** The probability of a logit: its sigmoid. */
    public static double probability(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /** The score. */
    public double score(double p, double q) {
        double score = classPower == 1 ? p : Math.pow(p, classPower);
        return branch == null ? score : score * (branchPower == 1 ? q : Math.pow(q, branchPower));
    }

    /** The same with a branch. */
    public Scoring times(String other, double power) {
        return new Scoring(classPower, other, power);
    }
}
