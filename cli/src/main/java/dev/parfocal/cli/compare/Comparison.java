package dev.parfocal.cli.compare;

import dev.parfocal.cli.text.Counts;
import dev.parfocal.tune.statistics.Bootstrap;
import dev.parfocal.tune.statistics.Difference;
import dev.parfocal.tune.statistics.Holm;
import dev.parfocal.tune.statistics.Interval;
import dev.parfocal.tune.statistics.Sampled;
import dev.parfocal.tune.statistics.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Losses compared: every measure with its interval, and every pair's difference with its interval and its probability,
 * corrected within each measure by Holm's method.
 *
 * @param bootstrap how often what was drawn
 * @param pairs how many pairs were compared
 * @param differences of each measure in turn, all pairs
 */
public record Comparison(
        List<Entry> entries, Bootstrap bootstrap, Sampled sampled, int pairs, List<Difference> differences) {

    /** The confidence of all intervals. */
    public static final double LEVEL = 0.95;

    private static final int MEASURES = Measure.values().length;

    /** So many resamples for each pair at the least: else no corrected probability could come below the level. */
    private static final int PER_PAIR = 80;

    /**
     * Compares.
     *
     * @param against the number of the loss that all others are compared with; empty: all with all
     * @param resamples of images and seeds; raised where there are many pairs
     * @param seed of the draws
     */
    public static Comparison of(List<Entry> entries, OptionalInt against, int resamples, long seed) {
        List<int[]> pairs = pairs(entries.size(), against);
        Bootstrap bootstrap = new Bootstrap(
                entries.get(0).seeds().get(0).judged().images(),
                entries.get(0).seeds().size(),
                Math.max(resamples, PER_PAIR * pairs.size()),
                seed);
        Sampled sampled = bootstrap.run((images, seeds) -> measure(entries, images, seeds));
        List<Difference> differences = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            differences.addAll(differences(entries, sampled, pairs, measure));
        }
        return new Comparison(entries, bootstrap, sampled, pairs.size(), differences);
    }

    private static List<int[]> pairs(int count, OptionalInt against) {
        List<int[]> pairs = new ArrayList<>();
        for (int first = 0; first < count; first++) {
            for (int second = first + 1; second < count; second++) {
                if (against.isEmpty() || against.getAsInt() == first || against.getAsInt() == second) {
                    pairs.add(new int[] {first, second});
                }
            }
        }
        return pairs;
    }

    /** All measures of all losses, each the mean over the seeds drawn. */
    private static double[] measure(List<Entry> entries, int[] images, int[] seeds) {
        double[] numbers = new double[entries.size() * MEASURES];
        for (int entry = 0; entry < entries.size(); entry++) {
            for (int s = 0; s < seeds.length; s++) {
                if (seeds[s] > 0) {
                    double[] own = entries.get(entry).seeds().get(s).judged().of(images);
                    for (int m = 0; m < MEASURES; m++) {
                        numbers[entry * MEASURES + m] += seeds[s] * own[m] / seeds.length;
                    }
                }
            }
        }
        return numbers;
    }

    private static List<Difference> differences(
            List<Entry> entries, Sampled sampled, List<int[]> pairs, Measure measure) {
        int m = measure.ordinal();
        List<Spread> spreads = pairs.stream()
                .map(pair -> sampled.difference(pair[0] * MEASURES + m, pair[1] * MEASURES + m))
                .toList();
        double[] p = spreads.stream()
                .mapToDouble(spread -> spread.exists() ? spread.p() : Double.NaN)
                .toArray();
        double[] adjusted = Holm.adjust(p);
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < p.length; i++) {
            int[] pair = pairs.get(i);
            differences.add(new Difference(
                    measure.key(),
                    measure.higherIsBetter(),
                    entries.get(pair[0]).name(),
                    entries.get(pair[1]).name(),
                    sampled.estimate()[pair[0] * MEASURES + m],
                    sampled.estimate()[pair[1] * MEASURES + m],
                    spreads.get(i).bca(LEVEL),
                    p[i],
                    adjusted[i],
                    p.length));
        }
        return differences;
    }

    /** A measure's mean over the seeds. */
    public double value(int entry, Measure measure) {
        return sampled.estimate()[entry * MEASURES + measure.ordinal()];
    }

    /** A measure's interval. */
    public Interval interval(int entry, Measure measure) {
        return sampled.of(entry * MEASURES + measure.ordinal()).bca(LEVEL);
    }

    /** The loss that is best in a measure; empty when none has it. */
    public OptionalInt best(Measure measure) {
        double sign = measure.higherIsBetter() ? 1 : -1;
        return IntStream.range(0, entries.size())
                .filter(entry -> !Double.isNaN(value(entry, measure)))
                .boxed()
                .max(Comparator.comparingDouble(entry -> sign * value(entry, measure)))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    /** The differences of a measure that the best loss is part of. */
    public List<Difference> ofBest(Measure measure) {
        OptionalInt best = best(measure);
        if (best.isEmpty()) {
            return List.of();
        }
        String name = entries.get(best.getAsInt()).name();
        return differences.stream()
                .filter(each -> each.measure().equals(measure.key()))
                .filter(each -> each.first().equals(name) || each.second().equals(name))
                .toList();
    }

    /** What the numbers rest on, in a sentence. */
    public String words() {
        String seeds = bootstrap.seeds() == 1
                ? "one seed, so that they speak of these detectors and not of training again"
                : "paired over " + bootstrap.seeds() + " seeds";
        int enough = 1 + (int) Math.ceil(-Math.log(Difference.LEVEL / pairs) / Math.log(2));
        String few = bootstrap.images() < enough
                ? " So few images can show no difference to be real, however large it is: that takes at least " + enough
                        + "."
                : "";
        return "Intervals: " + bootstrap.resamples() + " resamples of " + Counts.of(bootstrap.images(), "image") + ", "
                + seeds
                + "; corrected by Holm's method for " + Counts.of(pairs, "comparison")
                + " of each measure." + few;
    }
}
