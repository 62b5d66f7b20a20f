package dev.parfocal.training.run;

import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Weight;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.weights.Fate;
import dev.parfocal.training.weights.WeightFile;
import dev.parfocal.training.weights.WeightMatch;
import dev.parfocal.training.weights.WeightReport;
import dev.parfocal.training.weights.file.WeightSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Brings published weights into a model. */
final class PublishedWeights {
    private static final double EPSILON = 1e-5;

    private PublishedWeights() {}

    /**
     * Loads what fits; layers for other classes start anew.
     *
     * @throws dev.parfocal.core.ParfocalException if the file cannot be read, or holds another architecture's weights
     */
    static WeightReport load(DetectorModel model, Path file) {
        WeightSource source = WeightFile.open(file);
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        for (Weight weight : model.weights().all()) {
            shapes.put(
                    weight.name(), Arrays.stream(weight.value().shape()).boxed().collect(Collectors.toList()));
        }
        WeightMatch match = new WeightMatch(
                source, new WeightMatch.Target(model.config().kind(), shapes, model.classCount(), EPSILON));
        WeightReport report = match.report();
        report.requireFit();
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
        return report;
    }
}
