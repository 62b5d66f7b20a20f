package dev.parfocal.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.tune.run.Cluster;
import dev.parfocal.tune.run.StudyRun;
import dev.parfocal.tune.run.TimeLimit;
import dev.parfocal.tune.run.Trials;
import dev.parfocal.tune.study.State;
import dev.parfocal.tune.study.Study;
import dev.parfocal.tune.study.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a standalone cluster whose executors are processes of their own. */
@Tag("long")
@Timeout(600)
class StandaloneTest {

    @TempDir
    private Path folder = Path.of("");

    private final List<String> said = new CopyOnWriteArrayList<>();

    /** All that Spark wants of its home: the executors' jars stand on their class path already. */
    @BeforeEach
    void home() throws IOException {
        Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    }

    private Trials place(String place, Toy.Manner manner, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("spark.executor.extraClassPath", System.getProperty("java.class.path"));
        Cluster.Request plain = Studies.request(folder, place, manner, TimeLimit.NONE);
        return new SparkCluster()
                .open(new Cluster.Request(
                        place, plain.program(), folder, List.of(), 1, TimeLimit.NONE, settings, said::add));
    }

    @Test
    void aLostExecutorCostsARetry() throws Exception {
        try (Study study = Studies.of(folder);
                Trials place = place("local-cluster[2,1,512]", Toy.Manner.WAITS, Map.of())) {
            Thread killer = new Thread(this::killTheExecutors);
            killer.start();
            assertThat(StudyRun.run(study, 2, place, () -> false, StudyRun.Listener.SILENT))
                    .isTrue();
            killer.join();

            assertThat(study.history().in(State.COMPLETE)).hasSize(2);
            assertThat(Studies.ends(folder)).isEqualTo(2);
            assertThat(said)
                    .filteredOn(text -> text.matches("lost executor \\d+ \\(.+\\); its trial is tried again"))
                    .hasSize(2);
        }
    }

    /** Each of the two has a trial that waits. */
    private void killTheExecutors() {
        for (int trial = 0; trial < 2; trial++) {
            Path told = folder.resolve(trial + ".executor");
            SparkTrialsTest.await(told);
            try {
                ProcessHandle.of(Long.parseLong(Files.readString(told))).ifPresent(ProcessHandle::destroyForcibly);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Cards 5 and 7, by a script that says so: one trial each. */
    @Test
    void aTrialSeesTheGraphicsCardsOfItsTask() throws IOException {
        Path script = folder.resolve("gpus.sh");
        Files.writeString(script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"5\", \"7\"]}'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> settings = Map.of(
                "spark.worker.resource.gpu.amount", "2",
                "spark.worker.resource.gpu.discoveryScript", script.toString(),
                "spark.executor.resource.gpu.amount", "2",
                "spark.task.resource.gpu.amount", "1");
        try (Study study = Studies.of(folder);
                Trials place = place("local-cluster[1,4,512]", Toy.Manner.COUNTS, settings)) {
            assertThat(place.slots()).isEqualTo(2);
            assertThat(StudyRun.run(study, 3, place, () -> false, StudyRun.Listener.SILENT))
                    .isTrue();

            assertThat(study.history().trials())
                    .extracting(Trial::metrics)
                    .allMatch(metrics -> List.of(5.0, 7.0).contains(metrics.get("card")));
        }
    }
}
