package dev.parfocal.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.tune.run.Job;
import dev.parfocal.tune.run.StudyRun;
import dev.parfocal.tune.run.ThreadTrials;
import dev.parfocal.tune.run.TimeLimit;
import dev.parfocal.tune.run.Trials;
import dev.parfocal.tune.study.State;
import dev.parfocal.tune.study.Study;
import dev.parfocal.tune.study.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On Spark within this program, where a task may be tried three times. */
class SparkTrialsTest {
    private static final String PLACE = "local[2,3]";

    private static JavaSparkContext spark;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start(@TempDir Path any) {
        Master master = Master.parse(PLACE);
        spark = Connection.open(
                master, Settings.of(master, Studies.request(any, PLACE, Toy.Manner.CLIMBS, TimeLimit.NONE)));
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private Trials place(Toy.Manner manner, TimeLimit limit, Path... needs) {
        return new SparkTrials(spark, Studies.request(folder, PLACE, manner, limit, needs), () -> {}, 0);
    }

    private boolean run(Study study, int trials, Toy.Manner manner, TimeLimit limit, Path... needs) {
        try (Trials place = place(manner, limit, needs)) {
            return StudyRun.run(study, trials, place, () -> false, StudyRun.Listener.SILENT);
        }
    }

    /** Two at a time; what is random follows from the seed and the trial's number. */
    @Test
    void sparkDoesWhatThreadsDo(@TempDir Path other) throws IOException {
        try (Study onSpark = Studies.of(folder);
                Study onThreads = Studies.of(other);
                Trials threads = new ThreadTrials(1, Toy.Manner.CLIMBS)) {
            assertThat(run(onSpark, 4, Toy.Manner.CLIMBS, TimeLimit.NONE)).isTrue();
            StudyRun.run(onThreads, 4, threads, () -> false, StudyRun.Listener.SILENT);

            assertThat(onSpark.history().in(State.COMPLETE)).hasSize(4);
            assertThat(onSpark.history().trials())
                    .usingRecursiveComparison()
                    .ignoringFields("seconds", "order")
                    .isEqualTo(onThreads.history().trials());
            assertThat(Studies.ends(folder)).isEqualTo(4);
            assertThat(folder).isDirectoryNotContaining("glob:**.spark-*");
        }
    }

    @Test
    void aFailureIsATrialsOwn() {
        try (Study study = Studies.of(folder)) {
            assertThat(run(study, 3, Toy.Manner.FAILS, TimeLimit.NONE)).isTrue();

            List<Trial> trials = study.history().trials();
            assertThat(trials).extracting(Trial::state).containsExactly(State.FAILED, State.FAILED, State.COMPLETE);
            assertThat(trials.get(0).reason()).isEqualTo("java.lang.IllegalArgumentException: zero");
            assertThat(trials.get(1).reason()).isEqualTo("its process ended with code 7: last words");
        }
    }

    /** At a rung where half may go on, those are given up that are worse: the driver says so while they run. */
    @Test
    void laggardsAreGivenUp(@TempDir Path other) {
        try (Study onSpark = Studies.pruned(folder);
                Study onThreads = Studies.pruned(other);
                Trials threads = new ThreadTrials(1, Toy.Manner.CLIMBS);
                Trials one = new OneAtATime(place(Toy.Manner.CLIMBS, TimeLimit.NONE))) {
            StudyRun.run(onSpark, 4, one, () -> false, StudyRun.Listener.SILENT);
            StudyRun.run(onThreads, 4, threads, () -> false, StudyRun.Listener.SILENT);

            assertThat(onSpark.history().in(State.PRUNED)).isNotEmpty();
            assertThat(onSpark.history().trials())
                    .extracting(Trial::state)
                    .isEqualTo(onThreads.history().trials().stream()
                            .map(Trial::state)
                            .toList());
        }
    }

    /** A place of which only a part is used. */
    private record OneAtATime(Trials place) implements Trials {
        @Override
        public int slots() {
            return 1;
        }

        @Override
        public void start(Job job, Observer observer) {
            place.start(job, observer);
        }

        @Override
        public void close() {
            place.close();
        }
    }

    @Test
    void aTrialComputesWithTheThreadsOfItsTask() {
        try (Study study = Studies.of(folder)) {
            run(study, 1, Toy.Manner.COUNTS, TimeLimit.NONE);

            assertThat(study.history().trials().get(0).metrics())
                    .isEqualTo(Map.of("AP", 1.0, "omp", 1.0, "card", -1.0));
        }
    }

    @Test
    void aTrialThatTakesTooLongHasFailed() {
        try (Study study = Studies.of(folder)) {
            assertThat(run(study, 1, Toy.Manner.WAITS, TimeLimit.of(Duration.ofSeconds(2))))
                    .isTrue();

            Trial trial = study.history().trials().get(0);
            assertThat(trial.state()).isEqualTo(State.FAILED);
            assertThat(trial.reason()).isEqualTo("took longer than 2s");
            assertThat(folder.resolve("0.interrupted")).exists();
        }
    }

    @Test
    void closingStopsATrialThatGoesOnLater() throws Exception {
        try (Study study = Studies.of(folder)) {
            Trials place = place(Toy.Manner.WAITS, TimeLimit.NONE);
            Thread stopper = new Thread(() -> {
                await(folder.resolve("0.executor"));
                place.close();
            });
            stopper.start();
            assertThat(StudyRun.run(study, 1, place, () -> false, StudyRun.Listener.SILENT))
                    .isFalse();
            stopper.join();
            assertThat(folder.resolve("0.interrupted")).exists();
        }
        try (Study study = Studies.of(folder)) {
            assertThat(study.history().in(State.RUNNING)).hasSize(1);
            assertThat(run(study, 1, Toy.Manner.WAITS, TimeLimit.NONE)).isTrue();
            assertThat(study.history().in(State.COMPLETE)).hasSize(1);
        }
    }

    static void await(Path file) {
        try {
            for (int i = 0; i < 1200 && !Files.exists(file); i++) {
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The fault is the executor's: Spark tries again, and the study notices nothing. */
    @Test
    void aProcessThatWasStoppedFromOutsideIsTriedAgain() throws IOException {
        try (Study study = Studies.of(folder)) {
            assertThat(run(study, 1, Toy.Manner.STUMBLES, TimeLimit.NONE)).isTrue();

            assertThat(study.history().in(State.COMPLETE)).hasSize(1);
            assertThat(folder.resolve("0.first")).exists();
            assertThat(Studies.ends(folder)).isEqualTo(1);
        }
    }

    /** Nothing is wrong with the trial: it waits for a place that sees its data. */
    @Test
    void whatAnExecutorCannotSeeEndsTheRunAndNoTrial() {
        Path data = folder.resolve("nowhere");
        try (Study study = Studies.of(folder)) {
            assertThatThrownBy(() -> run(study, 2, Toy.Manner.CLIMBS, TimeLimit.NONE, data))
                    .isInstanceOf(ParfocalException.class)
                    .hasMessageMatching("executor on \\S+: it cannot see \\Q" + data + "\\E; the study's folder and the"
                            + " data must lie on storage that all machines see by the same path");
            assertThat(study.history().ended()).isEmpty();
        }
    }
}
