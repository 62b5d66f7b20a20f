package dev.parfocal.training.criterion;

import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.loss.Weights;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.training.criterion.LossComponent.Target;
import dev.parfocal.training.engine.Tensor;
import java.util.Arrays;
import java.util.List;

/** The loss on class × quality logits: every point learns its object's class at some quality, and 0 elsewhere. */
final class Classification {
    private static final float[] PROBES = {0.3f, 0.5f, 0.8f};
    private static final double FLAT = 1e-3;

    private final Component component;
    private final Target target;
    private final GradientBuffer gradient = new GradientBuffer();

    Classification(LossComponent config) {
        component = Component.of("classification", config, Kind.POINTWISE, 0);
        target = config.target() == Target.AUTO ? natural(component) : config.target();
    }

    /** Quality if the loss has slope 0 wherever the probability equals the target. */
    private static Target natural(Component component) {
        for (float q : PROBES) {
            double there = Math.abs(slope(component, Math.log(q / (1 - q)), q));
            double aside = Math.abs(slope(component, Math.log(q / (1 - q)) + 1, q));
            if (there > FLAT * aside) {
                return Target.HARD;
            }
        }
        return Target.QUALITY;
    }

    private static double slope(Component component, double logit, float quality) {
        float[] gradient = new float[1];
        Batch batch =
                new Batch.Sparse(Floats.of(new float[] {(float) logit}), 1, 1, new int[] {0}, new float[] {quality});
        component.function().evaluate(batch, Options.of(Normalizer.none()), Floats.of(gradient));
        return gradient[0];
    }

    /** What the class of each positive point's object is to score, in [0, 1]. */
    float[] quality(Positives positives) {
        return switch (target) {
            case ALIGNMENT -> positives.alignment();
            case QUALITY -> positives.iou();
            case HARD, AUTO -> {
                float[] ones = new float[positives.count()];
                Arrays.fill(ones, 1);
                yield ones;
            }
        };
    }

    /**
     * The loss; its gradient is then in {@link #gradient}.
     *
     * @param logits {@code [batch, anchors, classes]}
     * @param quality {@code [positives]}
     */
    Evaluation evaluate(Tensor logits, List<Assignment> images, Positives positives, float[] quality) {
        int anchors = logits.size(0) * logits.size(1);
        int[] labels =
                images.stream().flatMapToInt(a -> Arrays.stream(a.label())).toArray();
        float[] qualities = new float[anchors];
        for (int i = 0; i < positives.count(); i++) {
            qualities[positives.point()[i]] = quality[i];
        }
        Batch batch = new Batch.Sparse(Floats.of(logits.bytes()), anchors, logits.size(2), labels, qualities);
        Evaluation value =
                component.evaluate(batch, normalizer(), Weights.none(), Floats.of(gradient.bytes(logits.elements())));
        Finite.require("classification", gradient.floats(logits.elements()));
        return value;
    }

    private Normalizer normalizer() {
        return switch (component.config().divide()) {
            case AUTO -> Normalizer.of(component.function().loss().recipe().normalizer());
            case POSITIVES -> Normalizer.positives();
            case QUALITY -> Normalizer.quality();
        };
    }

    /** The gradient by the logits that {@link #evaluate} wrote. */
    Tensor gradient(Tensor logits) {
        return gradient.like(logits);
    }
}
