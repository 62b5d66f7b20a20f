package dev.parfocal.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.tune.run.Cluster;
import dev.parfocal.tune.run.Program;
import dev.parfocal.tune.run.TimeLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final String PLACE = "spark://master:7077";

    @TempDir
    private Path folder = Path.of("");

    private SparkConf conf(Map<String, String> settings, String... classPath) {
        Program program = new Program(List.of(), List.of(classPath), "Main", List.of());
        Cluster.Request request =
                new Cluster.Request(PLACE, program, folder, List.of(), 3, TimeLimit.NONE, settings, text -> {});
        return Settings.of(Master.parse(PLACE), request);
    }

    @Test
    void aTasksProcessorsAreTheTrialsThreads() {
        assertThat(conf(Map.of()).get("spark.task.cpus")).isEqualTo("3");
        assertThat(new SparkCluster().threads(Map.of("spark.task.cpus", "4"))).isEqualTo(4);
        assertThat(new SparkCluster().threads(Map.of())).isEqualTo(1);
        assertThatThrownBy(() -> conf(Map.of("spark.task.cpus", "4")))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("--threads 3 and --spark spark.task.cpus=4 say different things: give one of them");
        assertThatThrownBy(() -> new SparkCluster().threads(Map.of("spark.task.cpus", "many")))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("a whole number");
    }

    @Test
    void theUsersSettingsStandBesideOurs() {
        SparkConf conf = conf(Map.of("spark.plugins", "their.Plugin", "spark.executor.memory", "2g"));
        assertThat(conf.get("spark.plugins")).isEqualTo("their.Plugin,dev.parfocal.spark.TrialPlugin");
        assertThat(conf.get("spark.executor.memory")).isEqualTo("2g");
        assertThatThrownBy(() -> conf(Map.of("executor.memory", "2g")))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("--spark executor.memory: settings of Spark begin with 'spark.'");
    }

    @Test
    void jarsTravelWithTheApplicationWhateverTheirNames() throws IOException {
        Path jar = Files.createFile(folder.resolve("a jar, with a comma.jar"));
        assertThat(conf(Map.of(), jar.toString(), folder.toString())
                        .get("spark.jars")
                        .split(","))
                .contains(jar.toFile().toURI().toString().replace(",", "%2C"))
                .noneMatch(each -> each.equals(folder.toFile().toURI().toString()));
    }
}
