package dev.parfocal.training.criterion;

import dev.parfocal.detection.assign.Assigner;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.SideCode;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what each point is to learn: decodes boxes, assigns points to objects, and says how good each positive point's box
 * is and how much it counts.
 *
 * @param successor the classification loss that the first one hands over to
 */
record Scenes(
        Classification classification,
        @Nullable Classification successor,
        Localization localization,
        Assigner assigner,
        Priors points,
        SideCode code) {

    /**
     * The scene of one step.
     *
     * @param separate whether components that share an output keep gradients of their own
     */
    Scene scene(Prediction prediction, List<List<Annotation>> objects, StepSettings settings, boolean separate) {
        Tensor logits = prediction.logits();
        SideCode.Decoded decoded = code.decode(prediction.sides());
        List<Assignment> assignments = assign(logits, decoded, objects, settings);
        Positives positives = Positives.of(assignments, points, decoded.distances());
        float[] factor = factor(logits, objects, assignments, positives, settings);
        return new Scene(
                prediction,
                decoded,
                objects,
                assignments,
                positives,
                quality(positives, settings),
                factor,
                settings,
                separate);
    }

    /** What the class of each positive point is to score; of two classification losses blended by their weights. */
    private float[] quality(Positives positives, StepSettings settings) {
        float[] quality = classification.quality(positives);
        if (successor == null) {
            return quality;
        }
        double first = settings.weight(Classification.NAME);
        double second = settings.weight(Classification.SUCCESSOR);
        double share = first + second > 0 ? second / (first + second) : 0;
        float[] other = successor.quality(positives);
        float[] blended = new float[quality.length];
        for (int i = 0; i < blended.length; i++) {
            blended[i] = (float) ((1 - share) * quality[i] + share * other[i]);
        }
        return blended;
    }

    private float[] factor(
            Tensor logits,
            List<List<Annotation>> objects,
            List<Assignment> assignments,
            Positives positives,
            StepSettings settings) {
        ObjectWeights weights = settings.objects();
        if (weights == null) {
            return ObjectFactors.ones(positives.count());
        }
        float[] losses = new float[0];
        if (weights.needsLosses()) {
            losses = classification.ofPositives(logits, assignments, positives, settings);
            float[] boxes = localization.ofPositives(positives, settings);
            for (int i = 0; i < losses.length; i++) {
                losses[i] += boxes[i];
            }
        }
        return ObjectFactors.of(weights, positives, objects, losses, points.size());
    }

    List<Assignment> assign(
            Tensor logits, SideCode.Decoded decoded, List<List<Annotation>> objects, StepSettings settings) {
        AssignerConfig other = settings.assigner();
        Assigner chosen = other == null ? assigner : other.assigner();
        FloatBuffer scores = logits.floats();
        int classes = logits.size(2);
        return IntStream.range(0, objects.size())
                .parallel()
                .mapToObj(image -> {
                    Predictions predictions = chosen.needsPredictions()
                            ? new ImagePredictions(points, scores, decoded.distances(), classes, image * points.size())
                            : Predictions.none();
                    return chosen.assign(points, objects.get(image), predictions);
                })
                .toList();
    }
}
