package dev.parfocal.cli.compare;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A loss with its detectors, one for each seed.
 *
 * @param seeds the scores by seed, in the order of the seeds
 */
public record Entry(Candidate candidate, List<Scores> seeds) {

    public Entry {
        seeds = List.copyOf(seeds);
    }

    /** What the loss is called. */
    public String name() {
        return candidate.name();
    }

    /** The mean of a number over the seeds; NaN where one of them lacks it. */
    public double mean(ToDoubleFunction<Scores> number) {
        return seeds.stream().mapToDouble(number).sum() / seeds.size();
    }

    /** The standard deviation of a number over the seeds; NaN for a single one. */
    public double deviation(ToDoubleFunction<Scores> number) {
        double mean = mean(number);
        double squares = seeds.stream()
                .mapToDouble(number)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return seeds.size() < 2 ? Double.NaN : Math.sqrt(squares / (seeds.size() - 1));
    }
}
