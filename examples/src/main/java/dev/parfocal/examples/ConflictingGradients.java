package dev.parfocal.examples;

import dev.parfocal.core.balance.Balancer;
import dev.parfocal.core.balance.ConflictAverse;
import dev.parfocal.core.balance.Gram;
import dev.parfocal.core.balance.Limits;
import dev.parfocal.core.balance.ProjectedConflicts;

/**
 * Two losses that pull the same weights in nearly opposite directions, one much harder than the other. The sum of their
 * gradients serves the strong one at the other's cost; PCGrad and CAGrad serve both. No engine: any arrays will do.
 */
public final class ConflictingGradients {

    private static final double[][] GOALS = {{1, 0.3}, {-0.8, 0.5}};
    private static final double[] STRENGTHS = {1, 8};
    private static final double RATE = 0.01;

    private ConflictingGradients() {}

    /** Takes one step from the same place with each rule and says what it did to both losses. */
    public static void main(String[] arguments) {
        double[] weights = {0, 0};
        double[] plain = change(weights, new double[] {1, 1});
        System.out.printf(
                "sum of gradients: the weak loss changes by %+.4f, the strong by %+.4f%n", plain[0], plain[1]);
        Gram gram = Gram.of(gradient(weights, 0), gradient(weights, 1));
        double[] pcgrad = say("PCGrad", weights, new ProjectedConflicts(2, Limits.NONE), gram);
        double[] cagrad = say("CAGrad", weights, new ConflictAverse(2, 0.8, Limits.NONE), gram);
        if (!(plain[0] > 0 && pcgrad[0] < 0 && pcgrad[1] < 0 && cagrad[0] < plain[0])) {
            throw new IllegalStateException("the conflict is still there");
        }
    }

    private static double[] say(String rule, double[] weights, Balancer balancer, Gram gram) {
        double[] factors = balancer.combine(gram, 1);
        double[] change = change(weights, factors);
        System.out.printf(
                "%s: factors %.2f and %.2f; the weak loss changes by %+.4f, the strong by %+.4f%n",
                rule, factors[0], factors[1], change[0], change[1]);
        return change;
    }

    /** What a step along the gradients times factors does to both losses. */
    private static double[] change(double[] weights, double[] factors) {
        float[] direction = Gram.sum(factors, gradient(weights, 0), gradient(weights, 1));
        double[] moved = {weights[0] - RATE * direction[0], weights[1] - RATE * direction[1]};
        return new double[] {loss(moved, 0) - loss(weights, 0), loss(moved, 1) - loss(weights, 1)};
    }

    private static double loss(double[] weights, int which) {
        double x = weights[0] - GOALS[which][0];
        double y = weights[1] - GOALS[which][1];
        return STRENGTHS[which] * (x * x + y * y) / 2;
    }

    private static float[] gradient(double[] weights, int which) {
        return new float[] {
            (float) (STRENGTHS[which] * (weights[0] - GOALS[which][0])),
            (float) (STRENGTHS[which] * (weights[1] - GOALS[which][1]))
        };
    }
}
