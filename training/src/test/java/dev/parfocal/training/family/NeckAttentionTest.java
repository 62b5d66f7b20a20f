package dev.parfocal.training.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.criterion.StepSettings;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.model.Truth;
import dev.parfocal.training.record.Signals;
import dev.parfocal.training.run.SmallModels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attention in the neck of every family that has one. */
class NeckAttentionTest {
    private static final int SIZE = SmallModels.SIZE;
    private static final List<List<Annotation>> OBJECTS = List.of(List.of(Annotation.of(new Box(4, 4, 60, 58), 1)));

    @BeforeAll
    static void start() {
        Engine.start(1);
    }

    private static DetectorModel model(RunConfig config) {
        return new DetectorModel(config.model(), Start.of(2, Map.of()), 5);
    }

    private static Tensor images() {
        Random random = new Random(2);
        float[] planes = new float[3 * SIZE * SIZE];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (float) random.nextGaussian();
        }
        Tensor images = Tensor.zeros(1, 3, SIZE, SIZE);
        images.set(planes);
        return images;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dense", "retinanet", "fcos", "faster_rcnn", "nanodet", "yolox"})
    void joinsANetworkUnseenAndThenReachesFinerLevels(String family) {
        RunConfig plain = SmallModels.of(family).value();
        RunConfig with = SmallModels.of(family)
                .with("model.neck.attention", List.of(32), "test")
                .value();
        Scope.unrecorded(() -> {
            float[] before = firstLevel(model(plain));
            DetectorModel model = model(with);
            assertThat(firstLevel(model)).isEqualTo(before);
            model.weights().all().stream()
                    .filter(weight -> weight.name().startsWith("attention.stride32.self_attn.o_proj"))
                    .forEach(weight -> weight.value().fill(0.1));
            assertThat(firstLevel(model)).isNotEqualTo(before).doesNotContain(Float.NaN);
        });
    }

    private static float[] firstLevel(DetectorModel model) {
        return model.forward(images()).shared().features().get(0).toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dense", "retinanet", "fcos", "faster_rcnn", "nanodet", "yolox"})
    void lossesArriveAtIt(String family) {
        RunConfig config = SmallModels.of(family)
                .with("model.neck.attention", List.of(16, 32), "test")
                .value();
        DetectorModel model = model(config);
        model.training(true);
        Criterion criterion = new Criterion(config.supervision(), config.loss().gain(), config.model(), 2);
        Truth truth = new Truth(Optional.of(OBJECTS), 1, criterion::match);
        Signals signals = Scope.recorded(() -> {
            Prediction prediction = model.forward(images(), truth);
            Signals found = criterion.signals(prediction, OBJECTS, StepSettings.NONE);
            criterion.backward(prediction, OBJECTS);
            return found;
        });
        assertThat(signals.gradients()).containsKeys("backbone.stride32", "pyramid.stride32");
        assertThat(signals.gradients().get("attention.stride32")).isNotEmpty();
        assertThat(signals.gradients().get("attention.stride16")).isNotEmpty();
        assertThat(signals.gradients()).doesNotContainKey("attention.stride8");
        model.weights().all().stream()
                .filter(weight -> weight.name().equals("attention.stride32.mlp.fc2.weight"))
                .forEach(weight -> assertThat(
                                weight.within(model.weights().gradients()).norm())
                        .isPositive());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dense       | [4]      | 8, 16, 32
            retinanet   | [32, 4]  | 8, 16, 32, 64, 128
            fcos        | [256]    | 8, 16, 32, 64, 128
            faster_rcnn | [128]    | 4, 8, 16, 32, 64
            nanodet     | [64]     | 8, 16, 32
            yolox       | [64]     | 8, 16, 32
            """)
    void refusesAStrideThatNoLevelHas(String family, String strides, String there) {
        assertThatThrownBy(() -> SmallModels.of(family)
                        .withTexts(Map.of("model.neck.attention", strides), "--with")
                        .value())
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith("--with: model.neck.attention: the pyramid has no level of stride ")
                .hasMessageEndingWith("; its strides are " + there);
    }
}
