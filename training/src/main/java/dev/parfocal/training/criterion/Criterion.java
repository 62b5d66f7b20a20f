package dev.parfocal.training.criterion;

import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.detection.assign.AnchorPoints;
import dev.parfocal.detection.assign.Assigner;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.SideCode;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The losses of a detector: assigns points to objects, evaluates every component on predictions read in place, and sends
 * the gradients that its kernels wrote through the engine in one backward pass. The engine never sees a loss.
 */
public final class Criterion {
    private final Classification classification;
    private final Localization localization;
    private final Assigner assigner;
    private final AnchorPoints points;
    private final SideCode code;

    /**
     * A criterion.
     *
     * @param regMax of the model: 0 for plain distances
     * @param points of the model's input size
     * @throws dev.parfocal.core.ParfocalException if a loss is unknown, of the wrong kind, or does not go with the model
     */
    public Criterion(LossConfig losses, AssignerConfig assigner, int regMax, AnchorPoints points) {
        code = SideCode.of(regMax);
        classification = new Classification(losses.classification());
        localization = new Localization(losses, code);
        this.assigner = assigner.assigner();
        this.points = points;
    }

    /** The losses with their parameters set, by role. */
    public static Map<String, Loss> losses(LossConfig config) {
        Map<String, Loss> losses = new LinkedHashMap<>();
        losses.put("classification", Component.resolve(config.classification()));
        losses.put("box", Component.resolve(config.box()));
        if (config.distribution() != null) {
            losses.put("distribution", Component.resolve(config.distribution()));
        }
        return losses;
    }

    /** The probability that the class branch should start with, from the classification loss's recipe. */
    public static double prior(LossConfig losses) {
        return Component.resolve(losses.classification()).recipe().prior().orElse(0.5);
    }

    /**
     * One step's losses; adds their gradients to the model's weights.
     *
     * @param objects of each image, boxes in pixels of the model's input
     */
    public LossReport backward(Prediction prediction, List<List<Annotation>> objects) {
        Tensor logits = prediction.logits();
        Tensor sides = prediction.sides();
        SideCode.Decoded decoded = code.decode(sides);
        List<Assignment> assignments = assign(logits, decoded, objects);
        Positives positives = Positives.of(assignments, points, decoded.distances());
        float[] quality = classification.quality(positives);
        Map<String, Evaluation> values = new LinkedHashMap<>();
        values.put("classification", classification.evaluate(logits, assignments, positives, quality));
        SideGradient upstream = SideGradient.of(code, sides, positives);
        values.putAll(localization.evaluate(sides, decoded, positives, quality, upstream));
        Tensor.backward(List.of(logits, sides), List.of(classification.gradient(logits), localization.gradient(sides)));
        localization.erase(sides, upstream);
        return LossReport.of(values, positives.count());
    }

    List<Assignment> assign(Tensor logits, SideCode.Decoded decoded, List<List<Annotation>> objects) {
        FloatBuffer scores = logits.floats();
        int classes = logits.size(2);
        return IntStream.range(0, objects.size())
                .parallel()
                .mapToObj(image -> {
                    Predictions predictions = assigner.needsPredictions()
                            ? new ImagePredictions(points, scores, decoded.distances(), classes, image * points.size())
                            : Predictions.none();
                    return assigner.assign(points, objects.get(image), predictions);
                })
                .toList();
    }
}
