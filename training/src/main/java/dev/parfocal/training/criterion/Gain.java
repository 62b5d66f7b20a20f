package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.balance.Gram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The factors of the classification losses. A measured one makes the gradient of its loss a given share of the whole, so
 * that one loss can take another's place and nothing else needs to change: with a the norm of its gradient at the shared
 * features, b that of the others' sum and s the share, {@code gain · a / (gain · a + b) = s}. It is part of a checkpoint.
 */
public final class Gain {
    private final GainConfig config;
    private final List<String> components;
    private final Map<String, Double> values = new LinkedHashMap<>();

    /**
     * A gain.
     *
     * @param components the classification losses
     */
    Gain(GainConfig config, List<String> components) {
        this.config = config;
        this.components = components;
        if (config instanceof GainConfig.Fixed fixed) {
            components.forEach(component -> values.put(component, fixed.value()));
        }
    }

    /** The components that wait for their measurement. */
    List<String> due() {
        List<String> due = new ArrayList<>(components);
        due.removeAll(values.keySet());
        return due;
    }

    /** Settings in which one classification loss has its configured weight and another has none. */
    StepSettings alone(StepSettings settings, String component) {
        Map<String, Double> weights = new LinkedHashMap<>(settings.weights());
        components.forEach(other -> weights.put(other, other.equals(component) ? 1.0 : 0.0));
        return settings.withWeights(weights);
    }

    /**
     * Takes a measurement; one without gradients, as of images without objects, is left out.
     *
     * @param gram of the component's gradient and of the sum of all others but classification
     */
    void measured(String component, Gram gram) {
        if (!(config instanceof GainConfig.Auto auto)) {
            return;
        }
        double gain = auto.share() / (1 - auto.share()) * gram.norm(1) / gram.norm(0);
        if (gain > 0 && gain < Double.POSITIVE_INFINITY) {
            values.put(component, gain);
        }
    }

    /** The factor of each classification loss that differs from 1. */
    Map<String, Double> factors() {
        Map<String, Double> factors = new LinkedHashMap<>(values);
        factors.values().removeIf(value -> value == 1);
        return factors;
    }

    /** The measured factors by component; empty if they are given, or not measured yet. */
    public Map<String, Double> measured() {
        return config instanceof GainConfig.Auto ? Map.copyOf(values) : Map.of();
    }

    /**
     * Takes back what {@link #measured()} gave.
     *
     * @throws ParfocalException if there is no such component, or the gain is a given one
     */
    public void restore(Map<String, Double> measured) {
        if (!components.containsAll(measured.keySet()) || config instanceof GainConfig.Fixed && !measured.isEmpty()) {
            throw new ParfocalException("the checkpoint has gains for " + measured.keySet()
                    + ", which loss.gain does not ask for: it belongs to another configuration");
        }
        values.putAll(measured);
    }
}
