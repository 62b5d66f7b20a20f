package dev.parfocal.training.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.criterion.GainConfig;
import dev.parfocal.training.criterion.Supervision;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weight;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.model.Truth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A step of one of our detectors on a golden file's weights, images and objects.
 *
 * @param losses by component
 * @param gradients of the trained weights, by name
 */
public record GoldenStep(Map<String, Double> losses, Map<String, float[]> gradients) {
    /** Views are drawn with this mean and deviation; recorded images are levels in [0, 1]. */
    private static final double[] MEAN = {0.5, 0.5, 0.5};

    private static final double[] DEVIATION = {0.25, 0.25, 0.25};

    /**
     * Takes the step.
     *
     * @param firstLabel the reference's number of the first class
     */
    public static GoldenStep of(
            Golden golden, ModelConfig config, Map<String, Supervision> supervision, int classes, int firstLabel) {
        DetectorModel model = new DetectorModel(config, Start.of(classes, Map.of()), 1);
        GoldenModel.fill(model.weights(), golden);
        model.training(true);
        Criterion criterion = new Criterion(supervision, GainConfig.DEFAULT, config, classes);
        List<List<Annotation>> objects = objects(golden, firstLabel);
        Truth truth = new Truth(Optional.of(objects), 1, criterion::match);
        Map<String, Double> losses = Scope.recorded(() -> {
            Tensor images = GoldenModel.images(golden, MEAN, DEVIATION);
            return criterion.backward(model.forward(images, truth), objects).values();
        });
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

    /**
     * Fails where a loss is off by more than 1e-4, or a recorded gradient by more than {@code slope}.
     *
     * @param components the reference's names of losses by ours
     */
    public void assertSame(Golden golden, Map<String, String> components, double slope) {
        assertThat(losses.keySet()).isEqualTo(components.keySet());
        components.forEach((ours, theirs) -> {
            double expected = golden.at("/losses/" + theirs).asDouble();
            assertThat(losses.get(ours)).as(ours).isCloseTo(expected, within(1e-4 * Math.abs(expected)));
        });
        golden.at("/gradients").properties().forEach(entry -> {
            float[] actual = gradients.get(entry.getKey());
            assertThat(actual).as(entry.getKey()).isNotNull();
            assertThat(Samples.of(entry.getValue()).difference(actual, slope))
                    .as(entry.getKey())
                    .isEmpty();
        });
    }
}
