package dev.parfocal.training.diagnose;

import dev.parfocal.core.statistics.LossStatistics;
import dev.parfocal.training.record.Matching;
import dev.parfocal.training.record.StepRecord;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How a run went, in a few lines: what rules judge, whether or not they object. */
final class Figures {

    private Figures() {}

    static Map<String, String> of(Evidence evidence) {
        Map<String, String> figures = new LinkedHashMap<>();
        if (evidence.steps().isEmpty()) {
            return figures;
        }
        figures.put(
                "loss",
                Words.number(Evidence.mean(evidence.early(), StepRecord::total)) + " at first, "
                        + Words.number(Evidence.mean(evidence.recent(), StepRecord::total)) + " lately");
        figures.put(
                "gradient norm",
                Words.number(Evidence.median(evidence.early(), StepRecord::gradientNorm)) + " at first, "
                        + Words.number(Evidence.median(evidence.recent(), StepRecord::gradientNorm)) + " lately");
        evidence.statistics(evidence.early()).ifPresent(s -> figures.put("gradient at first", origin(s)));
        evidence.statistics(evidence.recent()).ifPresent(s -> {
            figures.put("gradient lately", origin(s));
            figures.put("by class", classes(evidence, s));
            figures.put("highest score", Words.number(s.highestScore()));
        });
        evidence.matching().ifPresent(matching -> figures.put("points", points(matching)));
        figures.put("a step", times(evidence));
        return figures;
    }

    private static String origin(LossStatistics statistics) {
        double whole = statistics.gradient();
        return "positives " + Words.percent(statistics.positives().gradient() / whole) + ", hard negatives "
                + Words.percent(statistics.negatives().hardGradient() / whole) + ", easy negatives "
                + Words.percent(statistics.negatives().easyGradient() / whole);
    }

    private static String classes(Evidence evidence, LossStatistics statistics) {
        double[] byClass = statistics.gradientByClass();
        double whole = Arrays.stream(byClass).sum();
        return IntStream.range(0, byClass.length)
                .boxed()
                .sorted((a, b) -> Double.compare(byClass[b], byClass[a]))
                .limit(6)
                .map(i -> GradientRules.name(evidence, i) + " " + Words.percent(byClass[i] / whole))
                .collect(Collectors.joining(", "));
    }

    private static String points(Matching matching) {
        long objects = Arrays.stream(matching.objects()).sum();
        long matched = Arrays.stream(matching.matched()).sum();
        return Words.number((double) matching.positives() / Math.max(1, matched)) + " per object, "
                + Words.percent((double) matched / Math.max(1, objects)) + " of the objects have some";
    }

    private static String times(Evidence evidence) {
        Map<String, Double> laps = new LinkedHashMap<>();
        for (String lap : evidence.recent().get(0).milliseconds().keySet()) {
            laps.put(
                    lap,
                    Evidence.median(
                            evidence.recent(), step -> step.milliseconds().getOrDefault(lap, 0.0)));
        }
        double whole = laps.values().stream().mapToDouble(d -> d).sum();
        return Words.number(whole) + " ms: "
                + laps.entrySet().stream()
                        .map(lap -> lap.getKey() + " " + Words.percent(lap.getValue() / whole))
                        .collect(Collectors.joining(", "));
    }
}
