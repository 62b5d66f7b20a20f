package dev.parfocal.cli.report;

import dev.parfocal.cli.chart.Curve;
import dev.parfocal.cli.chart.Figure;
import dev.parfocal.cli.chart.Panel;
import dev.parfocal.cli.text.TextTable;
import dev.parfocal.core.statistics.LossStatistics;
import dev.parfocal.training.record.RunRecord;
import dev.parfocal.training.record.StepRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** How a training run went, as charts. */
final class CourseCharts {
    /** Steps are put together so that a curve has at most about this many points. */
    private static final int POINTS = 160;

    private final List<StepRecord> steps;
    private final String classification;
    private final int together;

    private CourseCharts(List<StepRecord> steps, String classification) {
        this.steps = steps;
        this.classification = classification;
        together = Math.max(1, (steps.size() + POINTS - 1) / POINTS);
    }

    /**
     * All charts that the record has numbers for.
     *
     * @param classification the component that says which class a detection shows
     */
    static List<Chart> of(RunRecord record, String classification) {
        List<Chart> charts = new ArrayList<>();
        if (!record.steps().isEmpty()) {
            CourseCharts course = new CourseCharts(record.steps(), classification);
            charts.add(course.losses());
            precision(record).ifPresent(charts::add);
            charts.add(course.rate());
            charts.add(course.gradient());
            course.shares().ifPresent(charts::add);
            SignalChart.of(record.steps()).ifPresent(charts::add);
        }
        return charts;
    }

    private Chart losses() {
        Set<String> names = new LinkedHashSet<>();
        steps.forEach(step -> names.addAll(step.components().keySet()));
        List<Curve> weighted = new ArrayList<>();
        List<Curve> bare = new ArrayList<>();
        TextTable numbers = new TextTable("loss", ">first epoch", ">last epoch", ">weighted, first", ">weighted, last");
        for (String name : names) {
            ToDoubleFunction<StepRecord> own = step ->
                    component(step, name).map(StepRecord.Component::value).orElse(Double.NaN);
            ToDoubleFunction<StepRecord> counted = step ->
                    component(step, name).map(StepRecord.Component::weighted).orElse(Double.NaN);
            bare.add(curve(bare.size(), own));
            weighted.add(curve(weighted.size(), counted));
            numbers.row(name, first(own), last(own), first(counted), last(counted));
        }
        weighted.add(curve(weighted.size(), StepRecord::total));
        numbers.row("total", "", "", first(StepRecord::total), last(StepRecord::total));
        List<String> legend = new ArrayList<>(names);
        legend.add("total");
        return Chart.of(
                        "Losses",
                        "Every component as it counts in the total, and before its weight." + means(),
                        new Figure(
                                "Losses",
                                "",
                                legend,
                                List.of(new Figure.Row(
                                        false,
                                        List.of(
                                                new Panel("weighted", "step", "loss", weighted),
                                                new Panel("before weights", "step", "loss", bare))))))
                .with(numbers);
    }

    private static Optional<StepRecord.Component> component(StepRecord step, String name) {
        return Optional.ofNullable(step.components().get(name));
    }

    private String means() {
        return together == 1 ? "" : " Each point is a mean over " + together + " steps.";
    }

    private Chart rate() {
        return single("Learning rate", "", "rate", List.of(), List.of(curve(0, StepRecord::learningRate)));
    }

    private Chart gradient() {
        boolean clipped = steps.stream().anyMatch(step -> step.clippedNorm() < step.gradientNorm());
        List<Curve> curves = new ArrayList<>(List.of(curve(0, StepRecord::gradientNorm)));
        if (clipped) {
            curves.add(curve(1, StepRecord::clippedNorm));
        }
        return single(
                "Gradient norm",
                clipped ? "" : "No step was clipped.",
                "norm",
                clipped ? List.of("before clipping", "after clipping") : List.of(),
                curves);
    }

    /** Which points the gradient of the classification comes from, or that of the first component that has statistics. */
    private Optional<Chart> shares() {
        List<String> names = steps.stream()
                .flatMap(step -> step.statistics().keySet().stream())
                .distinct()
                .toList();
        Optional<String> name = names.contains(classification)
                ? Optional.of(classification)
                : names.stream().findFirst();
        return name.map(component -> single(
                "Gradient of " + component + " by origin",
                "Which points it comes from.",
                "share",
                List.of("positives", "hard negatives", "easy negatives"),
                List.of(
                        share(0, component, each -> each.positives().gradient()),
                        share(1, component, each -> each.negatives().hardGradient()),
                        share(2, component, each -> each.negatives().easyGradient()))));
    }

    private Curve share(int style, String component, ToDoubleFunction<LossStatistics> part) {
        return curve(style, step -> {
            LossStatistics statistics = step.statistics().get(component);
            return statistics == null ? Double.NaN : part.applyAsDouble(statistics) / statistics.gradient();
        });
    }

    private static Optional<Chart> precision(RunRecord record) {
        if (record.evaluated().isEmpty()) {
            return Optional.empty();
        }
        List<String> names = List.of("AP", "AP50", "AP75");
        double[] epochs = record.evaluated().stream()
                .mapToDouble(RunRecord.Evaluated::epoch)
                .toArray();
        List<Curve> curves = new ArrayList<>();
        TextTable numbers = new TextTable(">epoch", ">AP", ">AP50", ">AP75");
        for (String name : names) {
            curves.add(new Curve(
                    curves.size(),
                    epochs,
                    record.evaluated().stream()
                            .mapToDouble(each -> score(each, name))
                            .toArray()));
        }
        record.evaluated()
                .forEach(each -> numbers.row(
                        String.valueOf(each.epoch()),
                        Shown.number(score(each, "AP")),
                        Shown.number(score(each, "AP50")),
                        Shown.number(score(each, "AP75"))));
        Figure figure = new Figure(
                "Average precision",
                "",
                names,
                List.of(new Figure.Row(false, List.of(new Panel("", "epoch", "average precision", curves)))));
        return Optional.of(
                Chart.of("Average precision during training", "On the images that training evaluates on.", figure)
                        .with(numbers));
    }

    private static double score(RunRecord.Evaluated evaluated, String name) {
        double score = evaluated.scores().getOrDefault(name, Double.NaN);
        return score < 0 ? Double.NaN : score;
    }

    private static Chart single(String title, String words, String yLabel, List<String> legend, List<Curve> curves) {
        return Chart.of(
                title,
                words,
                new Figure(
                        title,
                        "",
                        legend,
                        List.of(new Figure.Row(false, List.of(new Panel("", "step", yLabel, curves))))));
    }

    /** A number of every step, put together where there are many. */
    private Curve curve(int style, ToDoubleFunction<StepRecord> number) {
        int points = (steps.size() + together - 1) / together;
        double[] x = new double[points];
        double[] y = new double[points];
        for (int i = 0; i < points; i++) {
            List<StepRecord> some = steps.subList(i * together, Math.min(steps.size(), (i + 1) * together));
            x[i] = some.get(some.size() - 1).step();
            y[i] = some.stream().mapToDouble(number).average().orElse(Double.NaN);
        }
        return new Curve(style, x, y);
    }

    private String first(ToDoubleFunction<StepRecord> number) {
        return ofEpoch(steps.get(0).epoch(), number);
    }

    private String last(ToDoubleFunction<StepRecord> number) {
        return ofEpoch(steps.get(steps.size() - 1).epoch(), number);
    }

    private String ofEpoch(int epoch, ToDoubleFunction<StepRecord> number) {
        double mean = steps.stream()
                .filter(step -> step.epoch() == epoch)
                .mapToDouble(number)
                .average()
                .orElse(Double.NaN);
        return Double.isNaN(mean) ? "" : String.format(Locale.ROOT, "%.4g", mean);
    }
}
