package dev.parfocal.tune.pareto;

import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.Metric;
import dev.parfocal.tune.study.State;
import dev.parfocal.tune.study.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Trials from best to worst. */
public final class Ranking {

    private Ranking() {}

    /** The complete trials that no other dominates, by number; with one metric the best ones. */
    public static List<Trial> front(History history) {
        List<Trial> complete = history.in(State.COMPLETE).toList();
        List<double[]> costs = complete.stream().map(history::costs).toList();
        List<Integer> all = IntStream.range(0, complete.size()).boxed().toList();
        return Dominance.front(costs, all).stream().map(complete::get).toList();
    }

    /**
     * Some ended trials, best first: the complete ones, by dominance if there are several metrics; then those given up,
     * the longest running first; then the failed ones.
     */
    public static List<Trial> ranked(History history, List<Trial> ended) {
        List<Trial> complete =
                ended.stream().filter(trial -> trial.state() == State.COMPLETE).toList();
        List<double[]> costs = complete.stream().map(history::costs).toList();
        List<Integer> order = history.metrics().size() == 1
                ? IntStream.range(0, complete.size())
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> costs.get(i)[0]))
                        .toList()
                : Dominance.order(costs);
        List<Trial> ranked = new ArrayList<>(order.stream().map(complete::get).toList());
        Metric metric = history.metrics().get(0);
        ended.stream()
                .filter(trial -> trial.state() == State.PRUNED)
                .sorted(Comparator.<Trial>comparingInt(trial ->
                                trial.reports().isEmpty() ? 0 : -trial.reports().lastKey())
                        .thenComparingDouble(
                                trial -> metric.cost(trial.lastReport().orElse(Double.NaN))))
                .forEach(ranked::add);
        ended.stream().filter(trial -> trial.state() == State.FAILED).forEach(ranked::add);
        return ranked;
    }
}
