package dev.parfocal.tune.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.tune.prune.HalvingPruner;
import dev.parfocal.tune.space.Point;
import dev.parfocal.tune.space.Real;
import dev.parfocal.tune.space.Scale;
import dev.parfocal.tune.space.Space;
import dev.parfocal.tune.space.Variable;
import dev.parfocal.tune.study.Definition;
import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.Metric;
import dev.parfocal.tune.study.Pruner;
import dev.parfocal.tune.study.State;
import dev.parfocal.tune.study.Study;
import dev.parfocal.tune.study.Suggestion;
import dev.parfocal.tune.study.Trial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialsTest {

    @TempDir
    private Path folder = Path.of("");

    private final Definition definition = new Definition(
            new Space(List.of(new Variable("x", new Real(0, 100, Scale.LINEAR)))), List.of(new Metric("AP", true)), 1);

    /** Trial n has x = n. */
    private Study study(Pruner pruner) {
        return Study.open(
                folder.resolve("journal.jsonl"),
                definition,
                (history, random) -> new Suggestion(
                        new Point(Map.of("x", (double) history.trials().size()))),
                pruner);
    }

    /** Reports its x three times; every seventh fails. */
    private static Outcome climb(Job job, Objective.Progress progress) {
        double x = Double.parseDouble(job.settings().get("x"));
        if (job.trial() % 7 == 6) {
            throw new ParfocalException("seven");
        }
        for (int step = 1; step <= 4; step *= 2) {
            if (!progress.goesOn(step, -x)) {
                return Outcome.pruned();
            }
        }
        return Outcome.done(Map.of("AP", -x));
    }

    @Test
    void threadsDoAllTrials() {
        try (Study study = study(Pruner.NEVER);
                Trials place = new ThreadTrials(3, TrialsTest::climb)) {
            assertThat(StudyRun.run(study, 20, place, () -> false, StudyRun.Listener.SILENT))
                    .isTrue();

            check(study.history(), 18, 2, "seven");
        }
    }

    private static void check(History history, int complete, int failed, String reason) {
        assertThat(history.in(State.COMPLETE))
                .hasSize(complete)
                .allMatch(t -> t.metrics().get("AP") == -t.number());
        assertThat(history.in(State.FAILED))
                .hasSize(failed)
                .extracting(Trial::reason)
                .allMatch(r -> r.startsWith(reason));
    }

    /** Later trials are worse here: at a rung where half may go on, they are given up. */
    @Test
    void laggardsAreGivenUp() {
        try (Study study = study(new HalvingPruner(1, 2));
                Trials place = new ThreadTrials(1, TrialsTest::climb)) {
            StudyRun.run(study, 6, place, () -> false, StudyRun.Listener.SILENT);

            assertThat(study.history().trials())
                    .extracting(Trial::state)
                    .containsExactly(
                            State.COMPLETE, State.PRUNED, State.PRUNED, State.PRUNED, State.PRUNED, State.PRUNED);
            assertThat(study.history().trials().get(1).reports()).hasSize(1);
        }
    }

    @Test
    void processesDoAllTrialsAndACrashCostsOne() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName());
        try (Study study = study(new HalvingPruner(1, 2));
                Trials place = new ProcessTrials(
                        2, command, trial -> folder.resolve("logs").resolve(trial + ".log"), TimeLimit.NONE)) {
            assertThat(StudyRun.run(study, 4, place, () -> false, StudyRun.Listener.SILENT))
                    .isTrue();

            List<Trial> trials = study.history().trials();
            assertThat(trials.get(0).state()).isEqualTo(State.COMPLETE);
            assertThat(trials.get(0).metrics()).containsEntry("AP", -0.0);
            assertThat(trials.get(2).state()).isEqualTo(State.FAILED);
            assertThat(trials.get(2).reason()).isEqualTo("its process ended with code 7: last words");
            assertThat(trials.get(3).state()).isEqualTo(State.PRUNED);
        }
    }

    /** Climbs, but for one trial, which ends only by an interrupt. */
    private static Objective hangingAt(int trial, Runnable begins) {
        return (job, progress) -> {
            if (job.trial() != trial) {
                return climb(job, progress);
            }
            begins.run();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                return Outcome.stopped();
            }
            return Outcome.failed("not interrupted");
        };
    }

    /** On threads and in processes alike: the trial is interrupted, and the next one is not. */
    @Test
    void aTrialThatTakesTooLongHasFailed() {
        TimeLimit limit = TimeLimit.of(Duration.ofSeconds(1));
        try (Study study = study(Pruner.NEVER);
                Trials place = new ThreadTrials(1, hangingAt(0, () -> {}), limit)) {
            assertThat(StudyRun.run(study, 2, place, () -> false, StudyRun.Listener.SILENT))
                    .isTrue();
            check(study.history(), 1, 1, "took longer than 1s");
        }
    }

    @Test
    void aProcessThatTakesTooLongIsStopped() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Sleeper.class.getName(),
                folder.toString());
        try (Study study = study(Pruner.NEVER);
                Trials place = new ProcessTrials(
                        1, command, trial -> folder.resolve(trial + ".log"), TimeLimit.of(Duration.ofSeconds(3)))) {
            assertThat(StudyRun.run(study, 1, place, () -> false, StudyRun.Listener.SILENT))
                    .isTrue();
            check(study.history(), 0, 1, "took longer than 3s");
            assertThat(folder.resolve("interrupted")).exists();
        }
    }

    /** A program whose trial does not end by itself. */
    static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] arguments) throws Exception {
            TrialProcess.serve(System.in, System.out, (job, progress) -> {
                try {
                    Thread.sleep(60_000);
                    return Outcome.failed("not interrupted");
                } catch (InterruptedException e) {
                    return Path.of(arguments[0], "interrupted").toFile().mkdir() ? Outcome.stopped() : Outcome.pruned();
                }
            });
        }
    }

    /** Another program. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println("talk that is no message");
            TrialProcess.serve(System.in, System.out, (job, progress) -> {
                if (job.trial() == 2) {
                    System.err.println("last words");
                    Runtime.getRuntime().halt(7);
                }
                return climb(job, progress);
            });
        }
    }

    /** A stop leaves the running trial to whoever goes on; it is done then, and the study is whole. */
    @Test
    void aStoppedStudyGoesOn() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        try (Study study = study(Pruner.NEVER);
                Trials place = new ThreadTrials(1, hangingAt(2, running::countDown))) {
            Runnable stop = place::close;
            Thread stopper = new Thread(() -> {
                try {
                    running.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                stop.run();
            });
            stopper.start();
            assertThat(StudyRun.run(study, 5, place, () -> false, StudyRun.Listener.SILENT))
                    .isFalse();
            stopper.join();
        }
        try (Study study = study(Pruner.NEVER);
                Trials place = new ThreadTrials(1, TrialsTest::climb)) {
            assertThat(study.history().in(State.RUNNING)).hasSize(1);
            assertThat(StudyRun.run(study, 5, place, () -> false, StudyRun.Listener.SILENT))
                    .isTrue();
            check(study.history(), 5, 0, "");
        }
    }
}
