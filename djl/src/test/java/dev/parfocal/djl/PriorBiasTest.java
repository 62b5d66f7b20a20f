package dev.parfocal.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import org.junit.jupiter.api.Test;

class PriorBiasTest {

    @Test
    void theSigmoidOfTheBiasIsThePrior() {
        double bias = PriorBias.of(0.01).value();
        assertThat(1 / (1 + Math.exp(-bias))).isCloseTo(0.01, within(1e-8));
        assertThat(PriorBias.of(Catalogue.get("focal")).value()).isEqualTo((float) -Math.log(99));
    }

    @Test
    void asInitializerAndOverAnInitialisedLayer() {
        Engines.withManager(manager -> {
            Block before = Linear.builder().setUnits(3).build();
            before.setInitializer(PriorBias.of(0.01), Parameter.Type.BIAS);
            before.initialize(manager, DataType.FLOAT32, new Shape(2, 5));
            Block after = Linear.builder().setUnits(3).build();
            after.initialize(manager, DataType.FLOAT32, new Shape(2, 5));
            PriorBias.of(0.01).fill(after);
            for (Block layer : new Block[] {before, after}) {
                float[] start = Activation.sigmoid(
                                layer.getParameters().get("bias").getArray())
                        .toFloatArray();
                assertThat(start).hasSize(3).containsOnly(start[0]);
                assertThat(start[0]).isCloseTo(0.01f, within(1e-7f));
            }
        });
    }

    @Test
    void errorsSayWhatToDo() {
        assertThatThrownBy(() -> PriorBias.of(Catalogue.get("giou")))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("giou")
                .hasMessageContaining("PriorBias.of(0.01)");
        assertThatThrownBy(() -> PriorBias.of(1)).hasMessageContaining("(0, 1)");
        Block layer = Linear.builder().setUnits(3).build();
        assertThatThrownBy(() -> PriorBias.of(0.5).fill(layer)).hasMessageContaining("not initialised yet");
        Block unbiased = Linear.builder().setUnits(3).optBias(false).build();
        assertThatThrownBy(() -> PriorBias.of(0.5).fill(unbiased)).hasMessageContaining("no bias");
    }
}
