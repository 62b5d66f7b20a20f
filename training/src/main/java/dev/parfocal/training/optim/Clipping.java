package dev.parfocal.training.optim;

import dev.parfocal.core.clip.AdaptiveClip;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.training.engine.Weight;
import dev.parfocal.training.engine.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps gradients within bounds, in this order: every element by {@code value}, every unit by {@code ratio} of its
 * weights' norm, all together by {@code norm}. So the last bound holds for certain, and one wild element does not
 * shrink its whole layer.
 */
public final class Clipping {
    private static final String KERNEL = ".weight";
    private static final String BIAS = ".bias";

    private final ClipConfig config;
    private final @Nullable AdaptiveClip adaptive;
    private final List<Weight> inner = new ArrayList<>();

    /** The bounds of a configuration for a model's gradients. */
    public Clipping(ClipConfig config, Weights weights) {
        this.config = config;
        Double ratio = config.ratio();
        adaptive = ratio == null ? null : new AdaptiveClip(ratio, config.floor());
        Set<String> names = weights.all().stream().map(Weight::name).collect(Collectors.toSet());
        for (Weight weight : weights.all()) {
            if (weight.role() != Weight.Role.STATISTIC && !isOutput(weight.name(), names)) {
                inner.add(weight);
            }
        }
    }

    /** Adaptive clipping leaves the layers that make a model's outputs alone: those with a bias. */
    private static boolean isOutput(String name, Set<String> names) {
        return name.endsWith(BIAS) || name.endsWith(KERNEL) && names.contains(name.replace(KERNEL, BIAS));
    }

    /**
     * The Euclidean norm of all gradients.
     *
     * @param before clipping; not finite if a gradient is not
     * @param after clipping
     */
    public record Norms(double before, double after) {}

    /** Clips a model's gradients in place. */
    public Norms clip(Weights weights) {
        double before = weights.gradients().norm();
        double now = before;
        Double value = config.value();
        if (value != null) {
            weights.gradients().clamp(value);
        }
        if (adaptive != null) {
            clip(adaptive, weights);
        }
        if (value != null || adaptive != null) {
            now = weights.gradients().norm();
        }
        Double norm = config.norm();
        if (norm != null && now > norm) {
            weights.gradients().scale(norm / now);
            now = norm;
        }
        return new Norms(before, now);
    }

    private void clip(AdaptiveClip clip, Weights weights) {
        Floats values = weights.trained().onHost().numbers();
        weights.gradients().onHost().change(gradients -> {
            for (Weight weight : inner) {
                int length = Math.toIntExact(weight.elements() / weight.units());
                clip.clip(values, gradients, Math.toIntExact(weight.offset()), weight.units(), length);
            }
        });
    }
}
