package dev.parfocal.examples;

import dev.parfocal.core.balance.Balancer;
import dev.parfocal.core.balance.DynamicAverage;
import dev.parfocal.core.balance.FixedWeights;
import dev.parfocal.core.balance.GradNorm;
import dev.parfocal.core.balance.Limits;
import dev.parfocal.core.balance.UncertaintyWeights;
import dev.parfocal.examples.toy.TwoTasks;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Two losses on one shared layer, a focal loss and a regression whose gradient is many times larger, weighted in turn by fixed factors,
 * by their uncertainty, by GradNorm and by dynamic averages, in one's own PyTorch-for-Java loop.
 */
public final class BalancedLosses {

    private static final int STEPS = 250;
    private static final Limits LIMITS = new Limits(1e-3, 1e3);

    private BalancedLosses() {}

    /** Trains the same two heads with each method and says what became of the two gradients at the shared layer. */
    public static void main(String[] arguments) {
        Map<String, Balancer> methods = new LinkedHashMap<>();
        methods.put("fixed", new FixedWeights(new double[] {1, 1}, LIMITS));
        methods.put("uncertainty", new UncertaintyWeights(2, 0.03, LIMITS));
        methods.put("GradNorm", new GradNorm(2, 0, 0.03, LIMITS));
        methods.put("dynamic average", new DynamicAverage(2, 10, 2, LIMITS));
        Map<String, Double> ratios = new LinkedHashMap<>();
        methods.forEach((name, balancer) -> ratios.put(name, train(name, balancer)));
        double fixed = ratios.getOrDefault("fixed", 1.0);
        double gradNorm = ratios.getOrDefault("GradNorm", 0.0);
        if (!(fixed > 20 && gradNorm > 0.5 && gradNorm < 2)) {
            throw new IllegalStateException("GradNorm did not bring the gradients together");
        }
    }

    /** The regression's gradient norm over the focal loss's, at the end. */
    private static double train(String name, Balancer balancer) {
        TwoTasks tasks = new TwoTasks();
        TwoTasks.Seen seen = tasks.step(balancer);
        double first = seen.ratio();
        double sum = 0;
        for (int step = 1; step < STEPS; step++) {
            seen = tasks.step(balancer);
            sum += step >= STEPS - 50 ? Math.log(seen.ratio()) / 50 : 0;
        }
        double last = Math.exp(sum);
        double[] weights = balancer.weights();
        System.out.printf(
                "%-15s weights %.3f and %.3f; gradients 1 : %.0f at first, 1 : %.2f at last; losses %.3f and %.3f%n",
                name, weights[0], weights[1], first, last, seen.losses()[0], seen.losses()[1]);
        return last;
    }
}
