package dev.parfocal.tune.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.tune.space.Point;
import dev.parfocal.tune.space.Real;
import dev.parfocal.tune.space.Scale;
import dev.parfocal.tune.space.Variable;
import dev.parfocal.tune.space.Whole;
import dev.parfocal.tune.study.Sampler;
import dev.parfocal.tune.study.Study;
import dev.parfocal.tune.study.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplersTest {

    static Stream<Sampler> samplers() {
        return Stream.of(
                new RandomSampler(), new SobolSampler(7), TpeSampler.DEFAULT, GpSampler.DEFAULT, new CmaSampler());
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void sameSeedSameTrials(Sampler sampler) {
        List<Trial> once = Search.trials(Toys.MIXED, sampler, 7, 25);

        assertThat(Search.trials(Toys.MIXED, sampler, 7, 25)).isEqualTo(once);
        assertThat(once).extracting(Trial::point).allMatch(Toys.MIXED.space::contains);
        assertThat(new HashSet<>(once.stream().map(Trial::point).toList())).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void failedPrunedAndRunningTrialsDoNotDisturb(Sampler sampler) {
        try (Study study = Search.study(Toys.MIXED, sampler, 1)) {
            for (int i = 0; i < 24; i++) {
                Trial trial = study.ask(100).orElseThrow();
                assertThat(Toys.MIXED.space.contains(trial.point())).isTrue();
                switch (i % 4) {
                    case 0 -> study.fail(i, "for the test", 0);
                    case 1 -> {
                        study.report(i, 1, 3);
                        study.prune(i, 0);
                    }
                    case 2 -> study.tell(i, Map.of("value", Toys.MIXED.function.applyAsDouble(trial.point())), 0);
                    default -> assertThat(trial.order()).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void anotherSeedOtherTrials() {
        for (long seed : new long[] {1, 2, 3}) {
            assertThat(Search.trials(Toys.BRANIN, new RandomSampler(), seed, 3))
                    .isNotEqualTo(Search.trials(Toys.BRANIN, new RandomSampler(), seed + 1, 3));
        }
    }

    /** Every aligned run of 2^k points has one in each of 2^k slices of every axis: the shift moves slices around only. */
    @Test
    void sobolLeavesNoGaps() {
        SobolSampler sampler = new SobolSampler(5);
        for (int axis = 0; axis < 6; axis++) {
            int a = axis;
            double shift = sampler.place(0, 6)[axis];
            List<Integer> slices = IntStream.range(32, 64)
                    .mapToObj(i -> (int) Math.floor(((sampler.place(i, 6)[a] - shift + 2) % 1 + 1e-12) * 32))
                    .toList();
            assertThat(new HashSet<>(slices)).hasSize(32);
        }
    }

    @Test
    void bellIntegratesToOne() {
        Kernel kernel = Kernel.around(new Real(2, 6, Scale.LINEAR), 2.3, 0.4);
        double sum = IntStream.range(0, 10_000)
                .mapToDouble(i -> Math.exp(kernel.logDensity(2 + 4 * (i + 0.5) / 10_000)) / 10_000)
                .sum();

        assertThat(sum).isCloseTo(1, within(1e-6));
    }

    @Test
    void probabilitiesOfWholeNumbersAndOptionsSumToOne() {
        Kernel whole = Kernel.around(new Whole(3, 9, Scale.LINEAR), 4, 0.2);
        Kernel option = new Kernel.Option(1, 4, 0.3);

        assertThat(IntStream.rangeClosed(3, 9)
                        .mapToDouble(i -> Math.exp(whole.logDensity(i)))
                        .sum())
                .isCloseTo(1, within(1e-9));
        assertThat(IntStream.range(0, 4)
                        .mapToDouble(i -> Math.exp(option.logDensity(i)))
                        .sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void estimatorIsDenseWhereItDraws() {
        List<Variable> variables = Toys.BRANIN.space.variables();
        List<Point> points = List.of(new Point(Map.of("x", 1.0, "y", 2.0)), new Point(Map.of("x", 1.2, "y", 2.5)));
        Parzen parzen = new Parzen(variables, points);
        SplittableRandom random = new SplittableRandom(1);
        List<Double> densities = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            densities.add(parzen.logDensity(parzen.draw(random)));
        }
        double even = 0;

        assertThat(densities.stream().mapToDouble(d -> d).average().orElseThrow())
                .isGreaterThan(even);
    }

    /** On a ball-shaped bowl CMA-ES gains a digit about every 150 evaluations in 5 dimensions; 600 give three at least. */
    @Test
    void evolutionFindsTheBottomOfABowl() {
        Evolution evolution = new Evolution(5);
        SplittableRandom random = new SplittableRandom(2);
        for (int generation = 0; generation < 600 / evolution.population(); generation++) {
            List<double[]> drawn = new ArrayList<>();
            for (int i = 0; i < evolution.population(); i++) {
                drawn.add(evolution.draw(random));
            }
            drawn.sort(Comparator.comparingDouble(SamplersTest::bowl));
            evolution.advance(drawn);
        }

        assertThat(bowl(evolution.mean())).isLessThan(1e-6);
        assertThat(evolution.sigma()).isLessThan(0.01);
    }

    /** A long valley, turned, with its bottom at 0.3. */
    private static double bowl(double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double d = x[i] - 0.3 + (i > 0 ? 0.5 * (x[i - 1] - 0.3) : 0);
            sum += (i + 1) * d * d;
        }
        return sum;
    }
}
