package dev.parfocal.cli.tune;

import dev.parfocal.cli.chart.Curve;
import dev.parfocal.cli.chart.Dot;
import dev.parfocal.cli.chart.Figure;
import dev.parfocal.cli.chart.Panel;
import dev.parfocal.tune.pareto.Ranking;
import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.State;
import dev.parfocal.tune.study.Trial;
import java.util.Comparator;
import java.util.List;

/** The picture of a search for the best compromise of two metrics: every trial, and the front. */
public final class FrontFigure {

    private FrontFigure() {}

    /** The first two metrics of a study that has at least two. */
    public static Figure of(History history) {
        String across = history.metrics().get(1).name();
        String up = history.metrics().get(0).name();
        List<Trial> front = Ranking.front(history).stream()
                .sorted(Comparator.comparingDouble(trial -> value(trial, across)))
                .toList();
        List<Dot> dots = history.in(State.COMPLETE)
                .map(trial -> new Dot(value(trial, across), value(trial, up)))
                .toList();
        Curve line = new Curve(
                0,
                front.stream().mapToDouble(trial -> value(trial, across)).toArray(),
                front.stream().mapToDouble(trial -> value(trial, up)).toArray());
        Panel panel = new Panel("", across, up, List.of(line), List.of(), dots);
        return new Figure("Front of best compromises", "", List.of(), List.of(new Figure.Row(false, List.of(panel))));
    }

    private static double value(Trial trial, String metric) {
        return trial.metrics().getOrDefault(metric, Double.NaN);
    }
}
