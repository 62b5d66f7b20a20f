package dev.parfocal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.cli.Run;
import dev.parfocal.training.config.RunConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo on a handful of scenes: what it trains, and what it leaves. */
class DemoCommandTest {

    @TempDir
    static Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"dense", "faster_rcnn"})
    void anyModelLeavesARunWithItsPage(String model) {
        Path out = folder.resolve(model);

        Run run = demo(out, "--model", model);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("On 12 test scenes", "gear", "plot ");
        assertThat(out.resolve("report.html")).exists();
        assertThat(out.resolve("predictions.jpg")).exists();
        assertThat(out.resolve("losses.svg")).exists();
        RunConfig config = RunConfig.read(out.resolve("config.yaml"));
        assertThat(config.model().kind()).isEqualTo(model);
        assertThat(config.epochs()).isEqualTo(1);
        assertThat(config.seed()).isEqualTo(1);
    }

    @Test
    void anUnknownModelIsRefusedBeforeAnythingIsDrawn() {
        Path out = folder.resolve("unknown");

        Run run = demo(out, "--model", "retinnet");

        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).startsWith("parfocal demo: there is no model 'retinnet'; did you mean 'retinanet'?");
        assertThat(out).doesNotExist();
    }

    @Test
    void aWrongKeyIsRefusedBeforeAnythingIsDrawn() {
        Path out = folder.resolve("wrong");

        Run run = demo(out, "--with", "loss.dense.box.loss=softmax_focal");

        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("loss.box needs a loss of kind");
        assertThat(out).doesNotExist();
    }

    @Test
    void aModelIsNeededToPrintADemosConfiguration() {
        Run run = Run.of("models", "--demo");

        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).startsWith("parfocal models: --demo: name the model");
        assertThat(Run.of("models", "yolox", "--demo").out()).contains("kind: yolox", "epochs: ");
    }

    private static Run demo(Path out, String... options) {
        List<Object> words = new ArrayList<>(List.of("demo", "--out", out, "--images", 4, "--epochs", 1, "--quiet"));
        words.addAll(List.of(options));
        for (String key : List.of("model.input.width=64", "model.input.height=64", "batch=2", "threads=1")) {
            words.addAll(List.of("--with", key));
        }
        return Run.of(words.toArray());
    }
}
