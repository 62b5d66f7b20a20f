package dev.parfocal.training.detr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.engine.Precision;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.OutputSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtDetrConfigTest {
    private static final RtDetrConfig DEFAULT = RtDetrConfig.DEFAULT;

    @Test
    void detectionsComeFromTheLastDecoderLayer() {
        assertThat(DEFAULT.outputs().stream().map(OutputSpec::name))
                .containsExactly("encoder", "denoising0", "denoising1", "decoder0", "decoder1");
    }

    @Test
    void withoutDenoisingThereAreNoOutputsOfIt() {
        RtDetrConfig config = new RtDetrConfig(
                DEFAULT.input(),
                DEFAULT.pixels(),
                DEFAULT.precision(),
                DEFAULT.backbone(),
                DEFAULT.encoder(),
                DEFAULT.decoder(),
                null);
        assertThat(config.outputs().stream().map(OutputSpec::name)).containsExactly("encoder", "decoder0", "decoder1");
    }

    @Test
    void badMeasuresAreRefusedInOneLine() {
        assertThatThrownBy(() -> new RtDetrConfig(
                        new InputSize(320, 250),
                        DEFAULT.pixels(),
                        Precision.FLOAT32,
                        DEFAULT.backbone(),
                        DEFAULT.encoder(),
                        DEFAULT.decoder(),
                        null))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("model.input of rt_detr must be multiples of 32, but is 320 x 250");
        assertThatThrownBy(() -> new RtDetrConfig.Decoder(60, 2, 8, 128, 4, 30))
                .hasMessageContaining("width must be a multiple of heads");
        assertThatThrownBy(() -> new RtDetrConfig.Encoder(64, 1, 8, 128, 0)).hasMessageContaining("expansion above 0");
        assertThatThrownBy(() -> new RtDetrConfig.Denoising(0, 0.5, 1)).hasMessageContaining("leave denoising out");
        assertThatThrownBy(() -> new RtDetrConfig.ResNet(
                        ResidualLayer.BASIC, 32, List.of(32, 64, 96), List.of(1, 1, 1, 1), Norm.Batch.PYTORCH))
                .hasMessageContaining("model.backbone.widths must be four numbers");
    }

    @Test
    void moreQueriesThanPixelsAreRefused() {
        Engine.start(1);
        Layers layers = new Layers(1);
        QuerySelection selection =
                new QuerySelection(layers, "model", new RtDetrConfig.Decoder(8, 1, 2, 8, 1, 30), 2, 0);
        layers.finish();
        assertThatThrownBy(() -> Scope.unrecorded(() ->
                        selection.forward(Memory.of(List.of(Tensor.zeros(1, 8, 4, 4), Tensor.zeros(1, 8, 2, 2))))))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("30 queries cannot be chosen among the 20 pixels");
    }
}
