package dev.parfocal.training.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.format.Format;
import dev.parfocal.training.criterion.BalanceConfig;
import dev.parfocal.training.criterion.BalanceConfig.Between;
import dev.parfocal.training.criterion.GainConfig;
import dev.parfocal.training.dense.DenseConfig;
import dev.parfocal.training.neck.NeckConfig;
import dev.parfocal.training.optim.ClipConfig;
import dev.parfocal.training.optim.OptimizerConfig;
import dev.parfocal.training.optim.RateSchedule;
import java.nio.file.Path;
import java.util.Map;
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
        assertThat(config.optimizer()).isEqualTo(new OptimizerConfig.Sgd(0.1, 0.9, 0.01, ClipConfig.DEFAULT, Map.of()));
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
            schedule: {power: 2}        | unknown key schedule.power: the kind one_cycle has the keys warmup, start, end
            balance: {rate: 0.1}        | unknown key balance.rate: the kind fixed has the keys none
            loss: {gain: {share: 0.3}}  | unknown key loss.gain.share: the kind fixed has the keys value
            optimizer: {beta3: 0.9}     | unknown key optimizer.beta3: the kind adamw has the keys learningRate, beta1,
            threads: -1                 | threads must be at least 1
            optimizer: {kind: sdg}      | optimizer.kind: 'sdg' is none of adamw, sgd
            ema: 1                      | ema must be in (0, 1)
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

    /** As an earlier version wrote {@code config.yaml}: every key of every kind, and numbers and empty texts for "off". */
    @Test
    void aRunOfAnEarlierVersionReadsAsItWas() {
        RunConfig former = parse("""
                data: {path: "", format: voc, train: "", val: test}
                model: {regMax: 0}
                loss: {gain: {mode: auto, share: 0.4, value: 1.0}}
                balance: {method: dwa, between: tasks, floor: 0.05, ceiling: 20.0, rate: 0.025, alpha: 1.5, period: 3,                 temperature: 2.0, c: 0.5}
                optimizer: {kind: adamw, learningRate: 0.002, momentum: 0.8, weightDecay: 0.01, clipValue: 0.0,                 clipRatio: 0.0, clipFloor: 0.001, clipNorm: 0.0, parts: {}}
                schedule: {kind: linear, warmup: 0.1, start: 0.04, end: 0.001, power: 1.0, milestones: [0.6], factor: 0.1}
                tasks: {quality: {target: iou, loss: bce, set: {}, weight: 1.0, exponent: 0.0}}
                ema: 0.0
                threads: 0
                evaluateEvery: 0
                """, "config.yaml");
        assertThat(former.data()).isEqualTo(new DataConfig(null, Format.VOC, null, "test"));
        assertThat(((DenseConfig) former.model()).regMax()).isNull();
        assertThat(former.loss().gain()).isEqualTo(new GainConfig.Auto(0.4));
        assertThat(former.balance()).isEqualTo(new BalanceConfig.Average(Between.TASKS, 0.05, 20, 3, 2));
        assertThat(former.optimizer())
                .isEqualTo(new OptimizerConfig.AdamW(0.002, 0.8, 0.999, 0.01, ClipConfig.NONE, Map.of()));
        assertThat(former.schedule()).isEqualTo(new RateSchedule.LinearRate(0.1, 0.04, 0.001));
        assertThat(former.tasks().quality()).isNotNull();
        assertThat(former.tasks().quality().exponent()).isNull();
        assertThat(former.ema()).isNull();
        assertThat(former.threads()).isNull();
        assertThat(former.evaluateEvery()).isNull();
        assertThat(parse(former.toYaml(), "x")).isEqualTo(former);
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
