package dev.parfocal.tune.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.tune.space.Point;
import dev.parfocal.tune.space.Real;
import dev.parfocal.tune.space.Scale;
import dev.parfocal.tune.space.Space;
import dev.parfocal.tune.space.Variable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {
    private static final Definition DEFINITION = new Definition(
            new Space(List.of(new Variable("x", new Real(0, 1, Scale.LINEAR)))), List.of(new Metric("AP", true)), 5);

    /** Proposes a random number; a third of the way from the best so far. */
    private static final Sampler SAMPLER = (history, random) -> {
        double near = history.best().map(trial -> trial.point().value("x") / 3).orElse(0.0);
        return new Suggestion(new Point(Map.of("x", near + random.nextDouble() * 2 / 3)));
    };

    @TempDir
    private Path folder = Path.of("");

    private Path journal = Path.of("");

    @BeforeEach
    void name() {
        journal = folder.resolve("deep").resolve("journal.jsonl");
    }

    private Study open() {
        return Study.open(journal, DEFINITION, SAMPLER, Pruner.NEVER);
    }

    /** Does a trial as real ones are done. */
    private static void work(Study study, Trial trial) {
        study.report(trial.number(), 1, 0.5 * trial.point().value("x"));
        if (trial.number() % 5 == 3) {
            study.fail(trial.number(), "for the test", 0);
        } else {
            study.tell(trial.number(), Map.of("AP", trial.point().value("x"), "AP50", 0.9), 0);
        }
    }

    private static List<Trial> all(Study study, int most) {
        study.ask(most).ifPresent(first -> {
            work(study, first);
            all(study, most);
        });
        return study.history().trials();
    }

    @Test
    void goesOnAsIfItHadNeverStopped() {
        List<Trial> whole;
        try (Study study = Study.inMemory(DEFINITION, SAMPLER, Pruner.NEVER)) {
            whole = all(study, 12);
        }
        for (int most = 3; most <= 12; most += 3) {
            try (Study study = open()) {
                all(study, most);
            }
        }
        try (Study study = open()) {
            assertThat(study.history().trials())
                    .extracting(Trial::point)
                    .containsExactlyElementsOf(whole.stream().map(Trial::point).toList());
            assertThat(study.history().trials())
                    .extracting(Trial::state)
                    .containsExactlyElementsOf(whole.stream().map(Trial::state).toList());
            assertThat(study.history().best())
                    .map(Trial::metrics)
                    .isEqualTo(study.history().trials().stream()
                            .filter(trial -> trial.state() == State.COMPLETE)
                            .max(Comparator.comparingDouble(t -> t.metrics().get("AP")))
                            .map(Trial::metrics));
        }
    }

    @Test
    void aLineTornAnywhereIsForgottenAndTheRestKept() throws IOException {
        try (Study study = open()) {
            all(study, 3);
        }
        byte[] whole = Files.readAllBytes(journal);
        int lastLine = new String(whole, StandardCharsets.UTF_8).trim().lastIndexOf('\n') + 1;
        for (int length = lastLine; length < whole.length; length += 7) {
            Files.write(journal, Arrays.copyOf(whole, length));
            try (Study study = open()) {
                assertThat(study.history().in(State.RUNNING)).hasSize(1);
                assertThat(study.history().in(State.COMPLETE)).hasSize(2);
                Trial again = study.ask(3).orElseThrow();
                assertThat(again.number()).isEqualTo(2);
                work(study, again);
            }
            try (Study study = open()) {
                assertThat(study.history().in(State.COMPLETE)).hasSize(3);
            }
        }
    }

    @Test
    void aDamagedLineIsNamed() throws IOException {
        try (Study study = open()) {
            all(study, 2);
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        lines.set(2, lines.get(2).replace("\"ask\"", "\"as"));
        Files.write(journal, lines);

        assertThatThrownBy(this::open)
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("journal.jsonl");
    }

    @Test
    void anotherStudyIsRefused() {
        open().close();
        Definition other = new Definition(DEFINITION.space(), DEFINITION.metrics(), 6);

        assertThatThrownBy(() -> Study.open(journal, other, SAMPLER, Pruner.NEVER))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("its seed is 5, not 6");
    }

    @Test
    void severalWorkersShareTheTrials() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                try (Study study = open()) {
                    all(study, 40);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        try (Study study = open()) {
            List<Trial> trials = study.history().trials();
            assertThat(trials).hasSize(40).allMatch(trial -> trial.order() >= 0);
            assertThat(new HashSet<>(trials.stream().map(Trial::order).toList()))
                    .hasSize(40);
        }
    }

    /** Two other programs work on the study; one is killed in the middle of a trial. */
    @Test
    void aKilledProgramLosesNothing() throws Exception {
        Process hangs = program("hang");
        Process works = program("work");
        hangs.getInputStream().read();
        try (Study study = open()) {
            assertThat(works.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(study.ask(10))
                    .as("the hanging program lives, so its trial is its own")
                    .isEmpty();

            hangs.destroyForcibly().waitFor();
            Trial orphan = study.ask(10).orElseThrow();

            assertThat(orphan.reports()).containsEntry(1, 0.125);
            work(study, orphan);
            assertThat(study.ask(10)).isEmpty();
            assertThat(study.history().trials()).hasSize(10).allMatch(trial -> trial.order() >= 0);
        }
    }

    private Process program(String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        journal.toString(),
                        what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Another program. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws Exception {
            Study study = Study.open(Path.of(arguments[0]), DEFINITION, SAMPLER, Pruner.NEVER);
            if (arguments[1].equals("work")) {
                all(study, 10);
                return;
            }
            Trial trial = study.ask(10).orElseThrow();
            study.report(trial.number(), 1, 0.125);
            System.out.println("hanging");
            Thread.sleep(60_000);
        }
    }

    @Test
    void aTrialWithoutItsMetricHasFailed() {
        try (Study study = open()) {
            Trial trial = study.ask(1).orElseThrow();
            study.tell(trial.number(), Map.of("AP", Double.NaN, "AP50", 0.4), 1);

            assertThat(study.history().trials().get(0).state()).isEqualTo(State.FAILED);
            assertThat(study.history().trials().get(0).reason()).isEqualTo("AP is NaN");
            assertThat(study.history().best()).isEmpty();
        }
    }

    @Test
    void theFirstEndOfATrialCounts() {
        try (Study study = open()) {
            study.ask(1);
            study.tell(0, Map.of("AP", 0.5), 1);
            study.fail(0, "too late", 1);

            assertThat(study.history().trials().get(0).metrics()).containsEntry("AP", 0.5);
        }
    }

    /** /dev/full refuses every byte, as a full disk does. */
    @Test
    void aFullDiskIsOneClearLine() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full));
        Journal log = Journal.open(journal);
        Files.delete(journal);
        Files.createSymbolicLink(journal, full);

        assertThatThrownBy(() -> log.append(new Event.Joined(0)))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("make room");
        log.close();
    }

    @Test
    void aJournalThatCannotBeMadeIsOneClearLine() throws IOException {
        Files.createFile(folder.resolve("deep"));

        assertThatThrownBy(this::open).isInstanceOf(ParfocalException.class).hasMessageContaining("another folder");
    }

    @Test
    void metricsAreReadFromText() {
        assertThat(Metric.parse("AP, seconds:min"))
                .containsExactly(new Metric("AP", true), new Metric("seconds", false));
        assertThatThrownBy(() -> Metric.parse("AP,AP:min")).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> Metric.parse(":min")).isInstanceOf(ParfocalException.class);
    }
}
