package dev.parfocal.training.criterion;

import dev.parfocal.core.balance.Balancer;
import dev.parfocal.core.balance.Balancer.Needs;
import dev.parfocal.core.balance.Gram;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.training.criterion.BalanceConfig.Between;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights the components of a criterion against each other. Its state is part of a checkpoint.
 *
 * <p>Where a method needs gradients these are taken at the pyramid's levels, the features that every output is computed
 * from: one pass through the head per unit instead of one through the whole model, and an upper bound of the gradient by
 * the shared weights up to a common factor (Sener and Koltun, arXiv 1810.04650, section 3.3).
 */
public final class Balance {
    private static final String DRAWS = "draws";

    private final BalanceConfig config;
    private final Map<String, List<String>> units = new LinkedHashMap<>();
    private final Balancer balancer;
    /** Steps that were left to chance so far. */
    private long draws;

    Balance(BalanceConfig config, List<Task> tasks) {
        this.config = config;
        for (Task task : tasks) {
            for (String component : task.losses().keySet()) {
                String unit = config.between() == Between.TASKS ? task.name() : component;
                units.computeIfAbsent(unit, u -> new ArrayList<>()).add(component);
            }
        }
        balancer = config.balancer(units.size());
    }

    /** The components of each thing that is weighted. */
    Map<String, List<String>> units() {
        return units;
    }

    /** The factor of every component in the next step; empty if they are fixed. */
    public Map<String, Double> weights() {
        Map<String, Double> weights = new LinkedHashMap<>();
        if (!(config instanceof BalanceConfig.Fixed)) {
            double[] each = balancer.weights();
            int at = 0;
            for (List<String> components : units.values()) {
                for (String component : components) {
                    weights.put(component, each[at]);
                }
                at++;
            }
        }
        return weights;
    }

    boolean needsGradients() {
        return balancer.needs() == Needs.GRADIENTS;
    }

    /**
     * The factors with which the shared layers follow the units' gradients; comparable to the plain sum, whose factors are
     * 1.
     */
    double[] combine(Gram gram) {
        double[] factors = balancer.combine(gram, draws++);
        if (config instanceof BalanceConfig.Averse) {
            // Its direction is near the mean of the gradients, not near their sum.
            for (int i = 0; i < factors.length; i++) {
                factors[i] *= factors.length;
            }
        }
        return factors;
    }

    /**
     * Learns from a step. A loss counts as configured, whatever factor this step gave it.
     *
     * @param evaluations of each component
     * @param settings of this step, with the weights of the balance
     */
    void update(Map<String, Evaluation> evaluations, StepSettings settings, Gram gram) {
        if (balancer.needs() == Needs.NOTHING) {
            return;
        }
        double[] losses = new double[units.size()];
        int at = 0;
        for (List<String> components : units.values()) {
            for (String component : components) {
                Evaluation e = evaluations.get(component);
                double factor = settings.weight(component);
                losses[at] += e == null ? 0 : factor > 0 ? e.value() / factor : e.sum() / e.normalizer();
            }
            at++;
        }
        balancer.update(losses, gram);
    }

    /** Everything that changes over steps, by name. */
    public Map<String, double[]> state() {
        Map<String, double[]> state = new LinkedHashMap<>(balancer.state());
        if (needsGradients()) {
            state.put(DRAWS, new double[] {draws});
        }
        return state;
    }

    /**
     * Takes back what {@link #state} gave.
     *
     * @throws dev.parfocal.core.ParfocalException if it belongs to another method or to other losses
     */
    public void restore(Map<String, double[]> state) {
        balancer.restore(state);
        draws = (long) state.getOrDefault(DRAWS, new double[1])[0];
    }
}
