package dev.parfocal.training.diagnose;

import dev.parfocal.core.statistics.LossStatistics;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.record.Matching;
import dev.parfocal.training.record.RunRecord;
import dev.parfocal.training.record.Signals;
import dev.parfocal.training.record.StepRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The record of a run in good health, whose steps a test can spoil. */
final class Course {
    static final int STEPS = 300;

    /** In front of the names of components where the model has several outputs. */
    String output = "";

    long step;
    double classification;
    double box = 0.5;
    double normalizer = 60;
    long[] levels = {40, 18, 5};
    long[] objects = {0, 0, 1, 2, 3, 2, 1, 0, 0, 0};
    long[] matched = {0, 0, 1, 2, 3, 2, 1, 0, 0, 0};
    long[] positives = {2, 2, 2, 4, 5, 5, 10, 10, 10, 10};
    double positiveGradient = 6;
    double hardGradient = 1;
    double easyGradient = 3;
    long[] negatives = {0, 0, 5, 5, 10, 10, 10, 20, 40, 37_000};

    @Nullable
    Signals signals;

    double[] byClass = {5, 5};
    long[] positivesByClass = {30, 30};
    long saturated;
    float largestLogit = 3;
    double norm = 8;
    double clipped = 8;
    double data = 2;

    private StepRecord build() {
        Map<String, StepRecord.Component> components = new LinkedHashMap<>();
        components.put(output + "classification", new StepRecord.Component(classification, classification, normalizer));
        components.put(output + "box", new StepRecord.Component(box, box, 30));
        LossStatistics statistics = new LossStatistics(
                new LossStatistics.Group(positives, bins(positiveGradient / 2, positiveGradient / 2)),
                new LossStatistics.Group(negatives, bins(hardGradient, easyGradient)),
                byClass,
                positivesByClass,
                saturated,
                largestLogit);
        Map<String, Double> milliseconds = Map.of("data", data, "forward", 40.0, "backward", 60.0);
        return new StepRecord(
                (int) (step / 20) + 1,
                step,
                components,
                new Matching(levels, objects, matched, new long[10]),
                Map.of(output + "classification", statistics),
                1e-3,
                norm,
                clipped,
                milliseconds,
                Map.of(),
                signals);
    }

    private static double[] bins(double hard, double easy) {
        return new double[] {hard, 0, 0, 0, 0, 0, 0, 0, 0, easy};
    }

    /** A run whose steps are spoiled one by one. */
    static Evidence of(int steps, BiConsumer<Course, Integer> spoil) {
        return evidence(steps, spoil, List.of(Map.of("AP", 0.3), Map.of("AP", 0.4, "AP/disc", 0.3, "AP/square", 0.5)));
    }

    static Evidence evidence(int steps, BiConsumer<Course, Integer> spoil, List<Map<String, Double>> evaluations) {
        List<StepRecord> all = new ArrayList<>();
        for (int i = 1; i <= steps; i++) {
            Course course = new Course();
            course.step = i;
            course.classification = 2 - 1.5 * i / steps;
            spoil.accept(course, i);
            all.add(course.build());
        }
        List<RunRecord.Evaluated> evaluated = evaluations.stream()
                .map(scores -> new RunRecord.Evaluated(1, scores))
                .toList();
        return new Evidence(
                new RunRecord(all, evaluated, List.of()), List.of("disc", "square"), Map.of(), RunConfig.DEFAULT, true);
    }

    /** The run of a published model, whose steps are spoiled. */
    static Evidence of(String model, Consumer<Course> spoil) {
        RunConfig config = Models.preset(model).value();
        String component = config.component("");
        Evidence evidence = of(STEPS, (course, step) -> {
            course.output = component;
            spoil.accept(course);
        });
        return new Evidence(evidence.record(), evidence.classes(), evidence.losses(), config, true);
    }

    /** A finished run all of whose steps were left out. */
    static Evidence leftOut(int steps) {
        List<RunRecord.Incident> incidents = new ArrayList<>();
        for (int i = 1; i <= steps; i++) {
            incidents.add(new RunRecord.Incident(i, "skip", "step " + i + ": the loss is infinity"));
        }
        RunRecord record = new RunRecord(List.of(), List.of(new RunRecord.Evaluated(1, Map.of("AP", 0.0))), incidents);
        return new Evidence(record, List.of("disc", "square"), Map.of(), RunConfig.DEFAULT, true);
    }
}
