package dev.parfocal.training.record;

import dev.parfocal.core.statistics.LossStatistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What TensorBoard shows of a step: one value per tag, tags in groups before their first slash. */
record Summaries(Map<String, Double> scalars, List<Histogram> histograms) {

    /**
     * A histogram of p_t.
     *
     * @param counts {@code [10]} elements per bin of [0, 1]
     */
    record Histogram(String tag, long[] counts) {}

    static Summaries of(String group, Map<String, Double> numbers) {
        Map<String, Double> scalars = new LinkedHashMap<>();
        numbers.forEach((name, number) -> scalars.put(group + name, number));
        return new Summaries(scalars, List.of());
    }

    static Summaries of(StepRecord step, List<String> classes) {
        Map<String, Double> scalars = new LinkedHashMap<>();
        scalars.put("loss/total", step.total());
        step.components().forEach((name, component) -> {
            scalars.put("loss/" + name, component.value());
            scalars.put("weighted/" + name, component.weighted());
            scalars.put("normalizer/" + name, component.normalizer());
        });
        scalars.put("optimizer/learningRate", step.learningRate());
        scalars.put("optimizer/gradientNorm", step.gradientNorm());
        scalars.put("optimizer/clippedNorm", step.clippedNorm());
        long[] levels = step.matching().levels();
        for (int level = 0; level < levels.length; level++) {
            scalars.put("positives/level" + level, (double) levels[level]);
        }
        step.milliseconds().forEach((lap, time) -> scalars.put("milliseconds/" + lap, time));
        step.more().forEach((group, numbers) -> numbers.forEach((name, n) -> scalars.put(group + "/" + name, n)));
        List<Histogram> histograms = new ArrayList<>();
        step.statistics().forEach((name, statistics) -> {
            add(scalars, name, statistics, classes);
            histograms.add(new Histogram(
                    "pt/" + name + "/positives", statistics.positives().counts()));
            histograms.add(new Histogram(
                    "pt/" + name + "/negatives", statistics.negatives().counts()));
        });
        return new Summaries(scalars, histograms);
    }

    private static void add(
            Map<String, Double> scalars, String component, LossStatistics statistics, List<String> classes) {
        String group = "gradient." + component + "/";
        double whole = statistics.gradient();
        scalars.put(group + "positives", statistics.positives().gradient() / whole);
        scalars.put(group + "hardNegatives", statistics.negatives().hardGradient() / whole);
        scalars.put(group + "easyNegatives", statistics.negatives().easyGradient() / whole);
        double[] byClass = statistics.gradientByClass();
        for (int i = 0; i < byClass.length; i++) {
            String name = byClass.length == classes.size() ? classes.get(i) : Integer.toString(i);
            scalars.put(group + "class/" + name, byClass[i] / whole);
        }
        scalars.put("scores/" + component + "/highest", statistics.highestScore());
        scalars.put("scores/" + component + "/saturated", (double) statistics.saturated());
    }
}
