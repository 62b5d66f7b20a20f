package dev.parfocal.training.record;

import dev.parfocal.core.statistics.LossStatistics;
import java.util.LinkedHashMap;
import java.util.Map;

/** Steps with numbers that can be told apart. */
final class Steps {

    private Steps() {}

    static StepRecord step(long step) {
        Map<String, StepRecord.Component> components = new LinkedHashMap<>();
        components.put("classification", new StepRecord.Component(step + 0.1, step + 0.1, 7.5));
        components.put("box", new StepRecord.Component(0.25, 0.5, 3));
        return new StepRecord(
                2,
                step,
                components,
                new Matching(new long[] {5, 3, 0}, new long[] {1, 2}, new long[] {0, 2}, new long[] {0, 8}),
                Map.of("classification", statistics()),
                0.002,
                12.5,
                10,
                Map.of("forward", 20.5),
                Map.of("curriculum", Map.of("classification.gamma", 1.5)),
                null);
    }

    static LossStatistics statistics() {
        return new LossStatistics(
                new LossStatistics.Group(
                        new long[] {4, 0, 0, 0, 0, 0, 0, 0, 0, 1}, new double[] {2, 0, 0, 0, 0, 0, 0, 0, 0, 0.25}),
                new LossStatistics.Group(
                        new long[] {0, 0, 0, 1, 0, 0, 0, 0, 0, 90}, new double[] {0, 0, 0, 0.75, 0, 0, 0, 0, 0, 5}),
                new double[] {6, 2},
                new long[] {4, 1},
                3,
                2.5f);
    }
}
