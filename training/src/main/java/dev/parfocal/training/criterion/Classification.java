package dev.parfocal.training.criterion;

import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.loss.Weights;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.training.criterion.LossComponent.Target;
import dev.parfocal.training.engine.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The loss on class × quality logits: every point learns its object's class at some quality, and 0 elsewhere. */
final class Classification implements Task {
    static final String NAME = "classification";
    static final String SUCCESSOR = "successor";

    private static final float[] PROBES = {0.3f, 0.5f, 0.8f};
    private static final double FLAT = 1e-3;

    private final Component component;
    private final Target target;
    private final GradientBuffer gradient = new GradientBuffer();

    /** Under a name, which is its key in {@code loss}, too. */
    Classification(String name, LossComponent config) {
        component = Component.of(name, "loss." + name, config, Kind.POINTWISE, 0);
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

    @Override
    public String name() {
        return DETECTION;
    }

    @Override
    public Map<String, Loss> losses() {
        return Map.of(component.name(), component.loss());
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

    @Override
    public List<Contribution> evaluate(Scene scene) {
        Tensor logits = scene.prediction().logits();
        int anchors = logits.size(0) * logits.size(1);
        Positives positives = scene.positives();
        float[] quality = quality(positives);
        int[] labels = labels(scene);
        float[] qualities = new float[anchors];
        for (int i = 0; i < positives.count(); i++) {
            qualities[positives.point()[i]] = quality[i];
        }
        Batch batch = new Batch.Sparse(Floats.of(logits.bytes()), anchors, logits.size(2), labels, qualities);
        Evaluation value = component.evaluate(
                batch,
                normalizer(),
                weights(scene, anchors),
                Floats.of(gradient.bytes(logits.elements())),
                scene.settings());
        return List.of(Contribution.of(component.name(), value, logits, gradient.like(logits)));
    }

    /** The class of each point; points of objects that count for nothing are ignored. */
    private static int[] labels(Scene scene) {
        int[] labels = scene.assignments().stream()
                .flatMapToInt(a -> Arrays.stream(a.label()))
                .toArray();
        for (int i = 0; i < scene.positives().count(); i++) {
            if (scene.factor()[i] == 0) {
                labels[scene.positives().point()[i]] = Assignment.IGNORE;
            }
        }
        return labels;
    }

    private static Weights weights(Scene scene, int anchors) {
        if (scene.settings().objects() == null) {
            return Weights.none();
        }
        float[] weights = new float[anchors];
        Arrays.fill(weights, 1);
        for (int i = 0; i < scene.positives().count(); i++) {
            weights[scene.positives().point()[i]] = scene.factor()[i];
        }
        return Weights.perAnchor(Floats.of(weights));
    }

    private Normalizer normalizer() {
        return switch (component.config().divide()) {
            case AUTO -> Normalizer.of(component.loss().recipe().normalizer());
            case POSITIVES -> Normalizer.positives();
            case QUALITY -> Normalizer.quality();
        };
    }

    /** The loss of each positive point's own class, times the configured weight. */
    float[] ofPositives(Tensor logits, List<Assignment> images, Positives positives, StepSettings settings) {
        int count = positives.count();
        float[] own = new float[count];
        int classes = logits.size(2);
        int perImage = logits.size(1);
        for (int i = 0; i < count; i++) {
            int point = positives.point()[i];
            int label = images.get(point / perImage).label()[point % perImage];
            own[i] = logits.floats().get(point * classes + label);
        }
        return component.values(
                new Batch.Sparse(Floats.of(own), count, 1, new int[count], quality(positives)), settings);
    }
}
