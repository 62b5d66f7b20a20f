package dev.parfocal.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.tune.run.Cluster;
import dev.parfocal.tune.run.StudyRun;
import dev.parfocal.tune.run.TimeLimit;
import dev.parfocal.tune.run.Trials;
import dev.parfocal.tune.study.State;
import dev.parfocal.tune.study.Study;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a cluster whose executors are processes of their own. */
@Tag("long")
class LostExecutorTest {
    private static final String PLACE = "local-cluster[2,1,512]";

    @TempDir
    private Path folder = Path.of("");

    @Test
    @Timeout(600)
    void aLostExecutorCostsARetry() throws Exception {
        // All that Spark wants of its home: the executors' jars stand on their class path already.
        Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
        Cluster.Request plain = Studies.request(folder, PLACE, Toy.Manner.WAITS, TimeLimit.NONE);
        Cluster.Request request = new Cluster.Request(
                PLACE,
                plain.program(),
                folder,
                plain.needs(),
                1,
                TimeLimit.NONE,
                Map.of("spark.executor.extraClassPath", System.getProperty("java.class.path")),
                plain.say());
        try (Study study = Studies.of(folder);
                Trials place = new SparkCluster().open(request)) {
            Thread killer = new Thread(this::killTheExecutors);
            killer.start();
            assertThat(StudyRun.run(study, 2, place, () -> false, StudyRun.Listener.SILENT))
                    .isTrue();
            killer.join();

            assertThat(study.history().in(State.COMPLETE)).hasSize(2);
            assertThat(Studies.ends(folder)).isEqualTo(2);
        }
    }

    /** Each executor has a trial that waits; both go, one after the other. */
    private void killTheExecutors() {
        for (int trial = 0; trial < 2; trial++) {
            Path told = folder.resolve(trial + ".executor");
            SparkTrialsTest.await(told);
            try {
                ProcessHandle.of(Long.parseLong(Files.readString(told)))
                        .filter(executor ->
                                executor.pid() != ProcessHandle.current().pid())
                        .ifPresent(ProcessHandle::destroyForcibly);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
