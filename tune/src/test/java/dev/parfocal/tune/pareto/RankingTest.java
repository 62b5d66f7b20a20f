package dev.parfocal.tune.pareto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.tune.sampler.GpSampler;
import dev.parfocal.tune.sampler.TpeSampler;
import dev.parfocal.tune.space.Real;
import dev.parfocal.tune.space.Scale;
import dev.parfocal.tune.space.Space;
import dev.parfocal.tune.space.Variable;
import dev.parfocal.tune.study.Definition;
import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.Metric;
import dev.parfocal.tune.study.Pruner;
import dev.parfocal.tune.study.Sampler;
import dev.parfocal.tune.study.Study;
import dev.parfocal.tune.study.Trial;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RankingTest {
    private static final Space SPACE = new Space(
            List.of(new Variable("x", new Real(0, 1, Scale.LINEAR)), new Variable("y", new Real(0, 1, Scale.LINEAR))));
    private static final List<Metric> METRICS = List.of(new Metric("AP", true), new Metric("seconds", false));

    /** Nobody in the front is dominated, and everybody outside is, by somebody in it. */
    @Test
    void frontIsWhatNoOtherDominates() {
        SplittableRandom random = new SplittableRandom(1);
        List<double[]> costs =
                Stream.generate(() -> random.doubles(3).toArray()).limit(80).toList();
        List<Integer> all = IntStream.range(0, 80).boxed().toList();
        List<Integer> front = Dominance.front(costs, all);

        assertThat(front).hasSizeBetween(2, 79);
        assertThat(all)
                .allSatisfy(i -> assertThat(front.contains(i))
                        .isNotEqualTo(front.stream().anyMatch(j -> Dominance.dominates(costs.get(j), costs.get(i)))));
        assertThat(Dominance.order(costs).subList(0, front.size())).containsExactlyInAnyOrderElementsOf(front);
        assertThat(Dominance.order(costs)).containsExactlyInAnyOrderElementsOf(all);
    }

    private static Study study(Sampler sampler) {
        return Study.inMemory(new Definition(SPACE, METRICS, 4), sampler, Pruner.NEVER);
    }

    @Test
    void failedTrialsCostAsMuchAsTheWorstAndGivenUpOnesWhatTheyLastReported() {
        try (Study study = study(TpeSampler.DEFAULT)) {
            IntStream.range(0, 4).forEach(i -> study.ask(9));
            study.tell(0, Map.of("AP", 0.2, "seconds", 10.0), 0);
            study.tell(1, Map.of("AP", 0.6, "seconds", 30.0), 0);
            study.fail(2, "", 0);
            study.report(3, 1, 0.4);
            study.prune(3, 0);
            History history = study.history();

            double[] scores = Scores.of(history, history.ended(), new double[] {1, 0});

            assertThat(scores).containsExactly(new double[] {1.05, 0, 1.05, 0.525}, within(1e-12));
            assertThat(Ranking.ranked(history, history.ended()))
                    .extracting(Trial::number)
                    .endsWith(3, 2);
            assertThat(Ranking.front(history)).extracting(Trial::number).containsExactly(0, 1);
        }
    }

    static Stream<Sampler> samplers() {
        return Stream.of(TpeSampler.DEFAULT, GpSampler.DEFAULT);
    }

    /** AP = x, seconds = x² + y: the front is y = 0, for every x. Trials must come near it, along all of its length. */
    @ParameterizedTest
    @MethodSource("samplers")
    void twoMetricsGiveAFrontOfManyCompromises(Sampler sampler) {
        try (Study study = study(sampler)) {
            for (int i = 0; i < 40; i++) {
                Trial trial = study.ask(40).orElseThrow();
                double x = trial.point().value("x");
                study.tell(i, Map.of("AP", x, "seconds", x * x + trial.point().value("y")), 0);
            }
            List<Trial> front = Ranking.front(study.history());

            assertThat(front).hasSizeGreaterThan(5);
            assertThat(front.stream()
                            .mapToDouble(t -> t.point().value("y"))
                            .average()
                            .orElse(1))
                    .isLessThan(0.2);
            assertThat(front.stream()
                            .mapToDouble(t -> t.point().value("x"))
                            .max()
                            .orElse(0))
                    .isGreaterThan(0.8);
            assertThat(front.stream()
                            .mapToDouble(t -> t.point().value("x"))
                            .min()
                            .orElse(1))
                    .isLessThan(0.35);
        }
    }
}
