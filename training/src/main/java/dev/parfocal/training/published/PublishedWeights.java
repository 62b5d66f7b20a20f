package dev.parfocal.training.published;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Weight;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.weights.Fate;
import dev.parfocal.training.weights.TensorShapes;
import dev.parfocal.training.weights.WeightFile;
import dev.parfocal.training.weights.WeightMatch;
import dev.parfocal.training.weights.WeightReport;
import dev.parfocal.training.weights.file.WeightSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Published weights, and what of them a model takes. */
public final class PublishedWeights {
    private static final double EPSILON = 1e-5;
    private static final String MODEL = "model.";

    private PublishedWeights() {}

    /**
     * Loads what fits; layers for other classes start anew.
     *
     * @throws dev.parfocal.core.ParfocalException if the file cannot be read, or holds another architecture's weights
     */
    public static WeightReport load(DetectorModel model, Path file) {
        WeightSource source = WeightFile.open(file);
        WeightMatch match = match(model, source);
        WeightReport report = match.report();
        report.requireFit(measures(model.config(), source));
        fill(model, match, report);
        return report;
    }

    /**
     * What a model would load of a file; nothing is trained or kept.
     *
     * @param classes how many it tells apart, at least 1
     */
    public static WeightReport compare(WeightSource source, RunConfig config, int classes) {
        Engine.start(1);
        DetectorModel model = new DetectorModel(config.model(), Start.of(classes, Map.of()), 0);
        return match(model, source).report();
    }

    /**
     * A configuration whose model has the measures that a file's tensors show, such as a ResNet's depth; what they do not
     * show stays as it is.
     */
    public static Configuration<RunConfig> measured(Configuration<RunConfig> config, WeightSource source) {
        return config.with(measures(config.value().model(), source), source.origin());
    }

    private static Map<String, Object> measures(ModelConfig model, WeightSource source) {
        Map<String, Object> measures = new LinkedHashMap<>();
        model.measures(TensorShapes.of(source)).forEach((key, value) -> measures.put(MODEL + key, value));
        return measures;
    }

    /** How many classes weights tell apart; empty if they do not show it. */
    public static OptionalInt classes(WeightSource source, RunConfig config) {
        return ClassCount.of(source, config);
    }

    /**
     * The classes by label that weights tell apart: those that the file names, or COCO's.
     *
     * @throws ParfocalException if they do not show how many, or the classes have no names
     */
    public static List<Category> categories(WeightSource source, RunConfig config) {
        return ClassNames.of(source, classes(source, config).orElseThrow(() -> {
            PublishedWeights.compare(source, config, 1).requireFit();
            return new ParfocalException(source.origin() + " does not show how many classes it tells apart");
        }));
    }

    private static WeightMatch match(DetectorModel model, WeightSource source) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        for (Weight weight : model.weights().all()) {
            shapes.put(
                    weight.name(), Arrays.stream(weight.value().shape()).boxed().collect(Collectors.toList()));
        }
        return new WeightMatch(
                source, new WeightMatch.Target(model.config().kind(), shapes, model.classCount(), EPSILON));
    }

    private static void fill(DetectorModel model, WeightMatch match, WeightReport report) {
        Map<String, Fate.Kind> fates = new LinkedHashMap<>();
        for (Fate.Kind kind : Fate.Kind.values()) {
            report.of(kind).forEach(fate -> fates.put(fate.name(), kind));
        }
        Scope.unrecorded(() -> {
            for (Weight weight : model.weights().all()) {
                Fate.Kind kind = fates.get(weight.name());
                if (kind == Fate.Kind.LOADED || kind == Fate.Kind.PARTLY) {
                    float[] values = weight.value().toArray();
                    match.fill(weight.name(), values);
                    weight.value().set(values);
                }
            }
        });
    }
}
