package dev.parfocal.tune.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.tune.sampler.RandomSampler;
import dev.parfocal.tune.space.Real;
import dev.parfocal.tune.space.Scale;
import dev.parfocal.tune.space.Space;
import dev.parfocal.tune.space.Variable;
import dev.parfocal.tune.study.Definition;
import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.Metric;
import dev.parfocal.tune.study.Pruner;
import dev.parfocal.tune.study.Study;
import dev.parfocal.tune.study.Trial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportanceTest {

    /** Ishigami's function, a = 7, b = 0.1, has indices in closed form (Saltelli et al. 2008). */
    @Test
    void indicesOfIshigamisFunctionAreTheClosedForm() {
        double a = 7;
        double b = 0.1;
        double pi4 = Math.pow(Math.PI, 4);
        double v1 = 0.5 * Math.pow(1 + b * pi4 / 5, 2);
        double v2 = a * a / 8;
        double v13 = b * b * pi4 * pi4 * (1 / 18.0 - 1 / 50.0);
        double v = v1 + v2 + v13;

        double[][] indices = Importance.indices(
                u -> {
                    double x = Math.PI * (2 * u[0] - 1);
                    double y = Math.sin(Math.PI * (2 * u[1] - 1));
                    double z = Math.PI * (2 * u[2] - 1);
                    return Math.sin(x) + a * y * y + b * z * z * z * z * Math.sin(x);
                },
                3);

        assertThat(indices[0]).containsExactly(new double[] {v1 / v, v2 / v, 0}, within(0.04));
        assertThat(indices[1]).containsExactly(new double[] {(v1 + v13) / v, v2 / v, v13 / v}, within(0.04));
    }

    /** Of 2x + y over the unit square, x explains 4/5; a third variable nothing. The study maximises it. */
    @Test
    void aStudyTellsWhatMattersAndHow() {
        Space space = new Space(List.of(
                new Variable("idle", new Real(1, 10, Scale.LOG)),
                new Variable("x", new Real(0, 1, Scale.LINEAR)),
                new Variable("y", new Real(0, 1, Scale.LINEAR))));
        History history = history(space);

        List<Importance> importance = Importance.of(history, 0).orElseThrow();

        assertThat(importance).extracting(Importance::variable).containsExactly("x", "y", "idle");
        assertThat(importance).extracting(Importance::total).satisfies(totals -> {
            assertThat(totals.get(0)).isCloseTo(0.8, within(0.05));
            assertThat(totals.get(1)).isCloseTo(0.2, within(0.05));
            assertThat(totals.get(2)).isLessThan(0.01);
        });
        Landscape landscape = Landscape.around(history.best().orElseThrow().point(), history, 0)
                .orElseThrow();
        assertThat(landscape.numbers()).containsExactly("idle", "x", "y");
        assertThat(landscape.at(List.of("x", "y"), 0.25, 0.5)).isCloseTo(1, within(0.05));
        assertThat(landscape.values("idle", 2)[1] / landscape.values("idle", 2)[0])
                .isCloseTo(Math.sqrt(10), within(1e-9));
    }

    @Test
    void oneTrialTeachesNothing() {
        Space space = new Space(List.of(new Variable("x", new Real(0, 1, Scale.LINEAR))));
        try (Study study = Study.inMemory(
                new Definition(space, List.of(new Metric("m", true)), 1), new RandomSampler(), Pruner.NEVER)) {
            study.ask(1);
            study.tell(0, Map.of("m", 1.0), 0);

            assertThat(Importance.of(study.history(), 0)).isEmpty();
        }
    }

    private static History history(Space space) {
        try (Study study = Study.inMemory(
                new Definition(space, List.of(new Metric("m", true)), 1), new RandomSampler(), Pruner.NEVER)) {
            for (int i = 0; i < 25; i++) {
                Trial trial = study.ask(25).orElseThrow();
                study.tell(
                        i,
                        Map.of("m", 2 * trial.point().value("x") + trial.point().value("y")),
                        0);
            }
            return study.history();
        }
    }
}
