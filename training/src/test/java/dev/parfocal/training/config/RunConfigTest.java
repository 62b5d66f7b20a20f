package dev.parfocal.training.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.dense.DenseConfig;
import dev.parfocal.training.neck.NeckConfig;
import dev.parfocal.training.optim.OptimizerConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunConfigTest {
    private static RunConfig parse(String text, String origin) {
        return RunConfig.parse(text, origin);
    }

    @Test
    void anEmptyFileIsTheDefaults() {
        assertThat(parse("", "run.yaml")).isEqualTo(RunConfig.DEFAULT);
        assertThat(parse("# nothing\n", "run.yaml")).isEqualTo(RunConfig.DEFAULT);
    }

    @Test
    void whatItWritesReadsBackEqual() {
        assertThat(parse(RunConfig.DEFAULT.toYaml(), "x")).isEqualTo(RunConfig.DEFAULT);
        RunConfig other = parse("loss: {distribution: null, classification: {set: {gamma: 1.5}}}", "x");
        assertThat(parse(other.toYaml(), "x")).isEqualTo(other);
    }

    @Test
    void namedKeysChangeAndOthersStay() {
        RunConfig config = parse("""
                optimizer: {kind: sgd, learningRate: 0.1}
                loss:
                  classification: {loss: focal, set: {gamma: 1.5}}
                  distribution: null
                model: {widths: [8, 8, 8, 8, 8]}
                """, "run.yaml");
        assertThat(config.optimizer().kind()).isEqualTo(OptimizerConfig.Kind.SGD);
        assertThat(config.optimizer().momentum()).isEqualTo(OptimizerConfig.DEFAULT.momentum());
        assertThat(config.classification().set()).containsEntry("gamma", 1.5);
        assertThat(config.loss().result(config.model()).losses()).doesNotContainKey("distribution");
        DenseConfig model = (DenseConfig) config.model();
        assertThat(model.widths()).containsOnly(8);
        assertThat(model.neck()).isEqualTo(DenseConfig.DEFAULT.neck());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            epoch: 3                    | unknown key epoch; did you mean 'epochs'?
            model: {wdths: [1]}         | unknown key model.wdths: the kind dense has the keys
            loss: {box: {weigth: 1}}    | unknown key loss.dense.box.weigth; did you mean 'weight'?
            epochs: many                | epochs: 'many' is no whole number
            epochs: 0                   | must be at least 1
            epochs: null                | epochs
            model: 3                    | model must be a mapping
            optimizer: {kind: sdg}      | optimizer.kind: 'sdg' is none of adamw, sgd
            ema: 1                      | ema must be in [0, 1)
            'a: ['                      | run.yaml
            '{seed: 1, seed: 2}'        | seed
            """)
    void saysWhatIsWrongAndWhere(String text, String message) {
        assertThatThrownBy(() -> parse(text, "run.yaml"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith("run.yaml: ")
                .hasMessageContaining(message)
                .message()
                .hasLineCount(1);
    }

    @Test
    void theFormerSpellingOfANecksWidthIsRead() {
        RunConfig former = parse("model: {neck: 24}", "config.yaml");
        assertThat(former).isEqualTo(parse("model: {neck: {width: 24}}", "config.yaml"));
        assertThat(((DenseConfig) former.model()).neck()).isEqualTo(NeckConfig.of(24));
        assertThat(parse("model: {kind: nanodet, neck: 24}", "config.yaml").toYaml())
                .contains("neck:\n    width: 24\n    attention: []\n");
    }

    @Test
    void attentionWantsAWidthThatHoldsPositions() {
        assertThatThrownBy(() -> parse("model: {neck: {width: 10, attention: [32]}}", "run.yaml"))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("run.yaml: model.neck: attention needs a width that is a multiple of 4, but it is 10");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> RunConfig.read(Path.of("no-such.yaml")))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("no-such.yaml");
    }
}
