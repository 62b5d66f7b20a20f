package dev.parfocal.cli.report;

import dev.parfocal.cli.chart.Curve;
import dev.parfocal.cli.chart.Figure;
import dev.parfocal.cli.chart.Panel;
import dev.parfocal.cli.signals.SignalsReport;
import dev.parfocal.training.record.Signals;
import dev.parfocal.training.record.StepRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the signals of losses travelled during a run that recorded them. */
final class SignalChart {
    private SignalChart() {}

    /** Each component's share of the gradient at every place where several meet, and the numbers of the last recorded step. */
    static Optional<Chart> of(List<StepRecord> all) {
        List<StepRecord> steps =
                all.stream().filter(step -> step.signals() != null).toList();
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        Set<String> components = new LinkedHashSet<>();
        Set<String> places = new LinkedHashSet<>();
        steps.forEach(step -> signals(step).gradients().forEach((place, norms) -> {
            components.addAll(norms.keySet());
            if (norms.size() > 1) {
                places.add(place);
            }
        }));
        List<String> legend = components.stream().sorted().toList();
        double[] numbers = steps.stream().mapToDouble(StepRecord::step).toArray();
        List<Map<String, Map<String, Double>>> shares =
                steps.stream().map(step -> signals(step).shares()).toList();
        List<Figure.Row> rows = new ArrayList<>();
        for (String place : places) {
            rows.add(new Figure.Row(false, List.of(panel(place, numbers, shares, legend))));
        }
        StepRecord last = steps.get(steps.size() - 1);
        return Optional.of(Chart.of(
                        "How the losses' signals travel",
                        "Each component's share of the gradients' norms at the places where several meet, from the outputs to"
                                + " the images. The numbers are those of step " + last.step() + ".",
                        new Figure("How the losses' signals travel", "", legend, rows))
                .with(new SignalsReport("", last).places()));
    }

    private static Panel panel(
            String place, double[] steps, List<Map<String, Map<String, Double>>> shares, List<String> components) {
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < components.size(); i++) {
            String component = components.get(i);
            double[] own = shares.stream()
                    .mapToDouble(each -> each.getOrDefault(place, Map.of()).getOrDefault(component, 0.0))
                    .toArray();
            curves.add(new Curve(i, steps, own));
        }
        return new Panel(place, "step", "share", curves);
    }

    private static Signals signals(StepRecord step) {
        return java.util.Objects.requireNonNull(step.signals());
    }
}
