package dev.parfocal.tune.gp;

import dev.parfocal.tune.space.Domain;
import dev.parfocal.tune.space.Point;
import dev.parfocal.tune.space.Real;
import dev.parfocal.tune.space.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Finds the point where most improvement is expected: many points at random and near the best ones, then from the best of
 * those down the slope of the continuous variables and through all values of the others, by turns.
 */
public final class Explorer {
    private static final int EVERYWHERE = 512;
    private static final int NEARBY = 128;
    private static final double NEAR = 0.05;
    private static final int STARTS = 3;
    private static final int TURNS = 2;
    private static final int CALLS_PER_DIMENSION = 30;
    private static final double FIRST_RADIUS = 0.05;
    /** Of whole numbers with more values, only so many neighbours are tried. */
    private static final int VALUES = 16;

    private final Surrogate surrogate;
    private final Space space;
    private final RandomGenerator random;
    private final int[] continuous;

    public Explorer(Surrogate surrogate, RandomGenerator random) {
        this.surrogate = surrogate;
        this.space = surrogate.space();
        this.random = random;
        continuous = IntStream.range(0, space.variables().size())
                .filter(i -> domain(i) instanceof Real)
                .toArray();
    }

    private Domain domain(int variable) {
        return space.variables().get(variable).domain();
    }

    private record Candidate(double[] place, double improvement) {}

    /**
     * The best point found.
     *
     * @param known good points to look around
     */
    public Point best(List<Point> known) {
        return starts(known).stream()
                .map(this::refined)
                .max(Comparator.comparingDouble(Candidate::improvement))
                .map(found -> space.fromUnit(found.place()))
                .orElseThrow();
    }

    private List<Candidate> starts(List<Point> known) {
        List<Candidate> all = new ArrayList<>();
        int size = space.variables().size();
        for (int i = 0; i < EVERYWHERE; i++) {
            all.add(candidate(random.doubles(size).toArray()));
        }
        for (int i = 0; i < NEARBY && !known.isEmpty(); i++) {
            all.add(candidate(moved(space.toUnit(known.get(i % known.size())))));
        }
        all.sort(Comparator.comparingDouble(candidate -> -candidate.improvement()));
        return all.subList(0, STARTS);
    }

    /** A place nearby: numbers moved a little, other variables now and then drawn anew. */
    private double[] moved(double[] place) {
        for (int i = 0; i < place.length; i++) {
            if (domain(i) instanceof Real) {
                place[i] = Math.min(1, Math.max(0, place[i] + NEAR * random.nextGaussian()));
            } else if (random.nextDouble() < 1.0 / place.length) {
                place[i] = random.nextDouble();
            }
        }
        return place;
    }

    /** The candidate at the place that its point has: whole numbers and options in the middle of their cells. */
    private Candidate candidate(double[] place) {
        double[] exact = space.toUnit(space.fromUnit(place));
        return new Candidate(exact, surrogate.improvement(exact));
    }

    private Candidate refined(Candidate start) {
        Candidate best = start;
        for (int turn = 0; turn < TURNS; turn++) {
            double before = best.improvement();
            best = better(best, descended(best));
            for (int i = 0; i < best.place().length; i++) {
                best = swept(best, i);
            }
            if (!(best.improvement() > before)) {
                return best;
            }
        }
        return best;
    }

    private static Candidate better(Candidate one, Candidate other) {
        return other.improvement() > one.improvement() ? other : one;
    }

    private Candidate descended(Candidate from) {
        int size = continuous.length;
        if (size < 2) {
            return from;
        }
        double[] high = new double[size];
        Arrays.fill(high, 1);
        double[] start =
                IntStream.of(continuous).mapToDouble(i -> from.place()[i]).toArray();
        Descent descent = new Descent(
                x -> -Math.max(
                        -Descent.TERRIBLE, candidate(with(from.place(), x)).improvement()),
                new double[size],
                high,
                FIRST_RADIUS,
                CALLS_PER_DIMENSION * size);
        return candidate(with(from.place(), descent.from(start)));
    }

    private double[] with(double[] place, double[] moved) {
        double[] changed = place.clone();
        for (int i = 0; i < moved.length; i++) {
            changed[continuous[i]] = moved[i];
        }
        return changed;
    }

    /** Tries other values of one variable: of options all, of whole numbers the near ones, of a lone real a fine comb. */
    private Candidate swept(Candidate from, int variable) {
        Domain domain = domain(variable);
        if (domain instanceof Real && continuous.length > 1) {
            return from;
        }
        int cells = domain.size() == 0 ? 20 * VALUES : domain.size();
        int own = (int) (from.place()[variable] * cells);
        boolean all = cells <= VALUES || domain.size() == 0;
        Candidate best = from;
        for (int cell = all ? 0 : Math.max(0, own - VALUES / 2);
                cell < (all ? cells : Math.min(cells, own + VALUES / 2));
                cell++) {
            double[] place = from.place().clone();
            place[variable] = (cell + 0.5) / cells;
            best = better(best, candidate(place));
        }
        return best;
    }
}
