package dev.parfocal.tune.study;

import dev.parfocal.tune.space.Space;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a study at one moment.
 *
 * @param metrics at least one; intermediate values are of the first
 * @param trials in the order of asking
 */
public record History(Space space, List<Metric> metrics, List<Trial> trials) {

    /** Copies the lists. */
    public History {
        metrics = List.copyOf(metrics);
        trials = List.copyOf(trials);
    }

    /** Trials in a state. */
    public Stream<Trial> in(State state) {
        return trials.stream().filter(trial -> trial.state() == state);
    }

    /** Trials that ended, in the order of ending. */
    public List<Trial> ended() {
        return trials.stream()
                .filter(trial -> trial.order() >= 0)
                .sorted(Comparator.comparingInt(Trial::order))
                .toList();
    }

    /** What a complete trial achieved, every metric as a cost. */
    public double[] costs(Trial trial) {
        return metrics.stream()
                .mapToDouble(metric -> metric.cost(trial.metrics().getOrDefault(metric.name(), Double.NaN)))
                .toArray();
    }

    /** The complete trial that is best in the first metric; the earliest of equals. */
    public Optional<Trial> best() {
        Metric first = metrics.get(0);
        return in(State.COMPLETE)
                .min(Comparator.comparingDouble(
                        trial -> first.cost(trial.metrics().getOrDefault(first.name(), Double.NaN))));
    }
}
