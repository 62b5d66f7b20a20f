package dev.parfocal.training.golden;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.criterion.GainConfig;
import dev.parfocal.training.criterion.Supervision;
import dev.parfocal.training.engine.RawTensors;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weight;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.model.Truth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * One of our detectors with a golden file's weights, images and objects, for as many steps as a test wants: to draw its first
 * weights takes longer than a step.
 */
public final class GoldenDetector {
    /** Views are drawn with this mean and deviation; recorded images are levels in [0, 1]. */
    private static final double[] MEAN = {0.5, 0.5, 0.5};

    private static final double[] DEVIATION = {0.25, 0.25, 0.25};

    private final Golden golden;
    private final int classes;
    private final List<List<Annotation>> objects;
    private final DetectorModel model;

    /**
     * Builds a detector.
     *
     * @param firstLabel the reference's number of the first class
     */
    public GoldenDetector(Golden golden, ModelConfig config, int classes, int firstLabel) {
        this.golden = golden;
        this.classes = classes;
        objects = objects(golden, firstLabel);
        model = new DetectorModel(config, Start.of(classes, Map.of()), 1);
        model.training(true);
    }

    /** Takes a step from the golden file's weights. */
    public GoldenStep step(Map<String, Supervision> supervision) {
        Map<String, Double> losses = losses(supervision, prediction -> prediction);
        Map<String, float[]> gradients = new LinkedHashMap<>();
        for (Weight weight : model.weights().all()) {
            if (weight.role() != Weight.Role.STATISTIC) {
                gradients.put(
                        weight.name(),
                        weight.within(model.weights().gradients()).toArray());
            }
        }
        return new GoldenStep(losses, gradients);
    }

    /** The losses of such a step by component, without the backward pass through the network. */
    public Map<String, Double> losses(Map<String, Supervision> supervision) {
        return losses(supervision, GoldenDetector::apart);
    }

    private Map<String, Double> losses(Map<String, Supervision> supervision, UnaryOperator<Prediction> before) {
        GoldenModel.fill(model.weights(), golden);
        model.weights().gradients().fill(0);
        Criterion criterion = new Criterion(supervision, GainConfig.DEFAULT, model.config(), classes);
        Truth truth = new Truth(Optional.of(objects), 1, criterion::match);
        return Scope.recorded(() -> {
            Prediction prediction = model.forward(GoldenModel.images(golden, MEAN, DEVIATION), truth);
            return criterion.backward(before.apply(prediction), objects).values();
        });
    }

    /** The same numbers, from which no gradient goes back. */
    private static Prediction apart(Prediction prediction) {
        List<Output> outputs = prediction.outputs().stream()
                .map(output -> new Output(
                        output.name(),
                        output.priors(),
                        leaf(output.logits()),
                        leaf(output.boxes()),
                        output.code(),
                        leaves(output.branches()),
                        output.given()))
                .toList();
        return new Prediction(outputs, leaves(prediction.branches()), prediction.shared());
    }

    private static Map<String, Tensor> leaves(Map<String, Tensor> branches) {
        Map<String, Tensor> leaves = new LinkedHashMap<>();
        branches.forEach((name, numbers) -> leaves.put(name, leaf(numbers)));
        return leaves;
    }

    private static Tensor leaf(Tensor numbers) {
        Tensor leaf = numbers.detach();
        RawTensors.raw(leaf).set_requires_grad(true);
        return leaf;
    }

    private static List<List<Annotation>> objects(Golden golden, int firstLabel) {
        List<List<Annotation>> objects = new ArrayList<>();
        for (JsonNode image : golden.at("/truth")) {
            List<Annotation> own = new ArrayList<>();
            for (int i = 0; i < image.path("labels").size(); i++) {
                JsonNode box = image.path("boxes").path(i);
                own.add(Annotation.of(
                        new Box(
                                box.path(0).asDouble(),
                                box.path(1).asDouble(),
                                box.path(2).asDouble(),
                                box.path(3).asDouble()),
                        image.path("labels").path(i).asInt() - firstLabel));
            }
            objects.add(own);
        }
        return objects;
    }
}
