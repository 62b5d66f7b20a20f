package dev.parfocal.training.guard;

import dev.parfocal.core.guard.NonFinite;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weight;
import dev.parfocal.training.engine.Weights;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Looks for numbers that are not finite among a model's weights, and names the weight. */
final class WeightScan {
    private final Weights weights;

    WeightScan(Weights weights) {
        this.weights = weights;
    }

    /** Weights and statistics. */
    Optional<String> values() {
        if (weights.trained().isFinite() && weights.statistics().isFinite()) {
            return Optional.empty();
        }
        return broken("", weights.all(), Weight::value);
    }

    /** Gradients. */
    Optional<String> gradients() {
        if (weights.gradients().isFinite()) {
            return Optional.empty();
        }
        return broken("the gradient of ", trained(), this::gradient);
    }

    /** The optimiser's memory. */
    Optional<String> memory(Map<String, Tensor> memory) {
        for (Map.Entry<String, Tensor> part : new TreeMap<>(memory).entrySet()) {
            if (!part.getValue().isFinite()) {
                return broken(part.getKey() + " of ", trained(), w -> w.within(part.getValue()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> broken(String of, List<Weight> all, Function<Weight, Tensor> part) {
        List<String> found = new ArrayList<>();
        for (Weight weight : all) {
            Tensor numbers = part.apply(weight).detach();
            if (!numbers.isFinite()) {
                NonFinite first = NonFinite.in(Floats.of(numbers.toArray())).orElseThrow();
                found.add(of + weight.name() + " is " + first);
            }
        }
        // The last is nearest to the losses, where the backward pass comes from.
        int last = found.size() - 1;
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(found.get(last) + (last == 0 ? "" : "; so are those of " + last + " other weights"));
    }

    String largest() {
        return "the largest weight is " + weights.trained().largest();
    }

    /** The norm of all gradients, if it is beyond what float32 holds. */
    Optional<String> norm() {
        double norm = weights.gradients().norm();
        return Double.isFinite(norm)
                ? Optional.empty()
                : Optional.of("the norm of the gradients is " + NonFinite.shown(norm)
                        + " although each of them is finite; " + steepest());
    }

    String steepest() {
        Weight steepest = trained().stream()
                .max(Comparator.comparing(w -> gradient(w).largest()))
                .orElseThrow();
        return "the largest gradient is " + gradient(steepest).largest() + ", of " + steepest.name();
    }

    private List<Weight> trained() {
        return weights.all().stream()
                .filter(w -> w.role() != Weight.Role.STATISTIC)
                .toList();
    }

    private Tensor gradient(Weight weight) {
        return weight.within(weights.gradients());
    }
}
