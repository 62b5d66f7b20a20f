package dev.parfocal.training.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Initializer.Kind;
import dev.parfocal.training.engine.Weight;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.Start;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InitConfigTest {
    private static final long SEED = 5;
    private static final DenseConfig DEFAULT = DenseConfig.DEFAULT;

    private static DetectorModel model(InitConfig init) {
        DenseConfig config = new DenseConfig(
                DEFAULT.widths(),
                DEFAULT.neck(),
                DEFAULT.tower(),
                DEFAULT.regMax(),
                DEFAULT.normalization(),
                DEFAULT.activation(),
                DEFAULT.precision(),
                init,
                DEFAULT.input());
        return new DetectorModel(config, Start.of(2, Map.of(DenseConfig.OUTPUT, 0.01)), SEED);
    }

    private static float[] values(DetectorModel model, String name) {
        return model.weights().all().stream()
                .filter(w -> w.name().equals(name))
                .map(Weight::value)
                .findFirst()
                .orElseThrow()
                .toArray();
    }

    private static float[] normal(String name, double deviation, int count) {
        Random random = new Random(SEED * 0x9E3779B97F4A7C15L + name.hashCode());
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    /** How version 0.1 drew them, so that its runs repeat to the last bit. */
    @Test
    void theDefaultsAreThoseOfEarlierRuns() {
        DetectorModel model = model(InitConfig.DEFAULT);
        assertThat(values(model, "backbone.stem.weight"))
                .isEqualTo(normal("backbone.stem.weight", Math.sqrt(2.0 / (3.0 * 9)), 16 * 3 * 9));
        assertThat(values(model, "neck.lateral1.weight"))
                .isEqualTo(normal("neck.lateral1.weight", Math.sqrt(2.0 / 96), 64 * 96));
        assertThat(values(model, "head.classes.weight")).isEqualTo(normal("head.classes.weight", 0.01, 2 * 64 * 9));
        assertThat(values(model, "backbone.stage2.norm2.scale")).containsOnly(1);
    }

    @Test
    void everyPartFollowsItsOwnRule() {
        DetectorModel plain = model(InitConfig.DEFAULT);
        Initializer small = new Initializer(Kind.NORMAL, 1e-9);
        DetectorModel changed =
                model(new InitConfig(Initializer.HE, 0, small, Initializer.HE, new Initializer(Kind.NORMAL, 0.02)));
        assertThat(values(changed, "backbone.stage3.conv1.weight"))
                .isEqualTo(values(plain, "backbone.stage3.conv1.weight"));
        assertThat(values(changed, "backbone.stage3.norm1.scale")).containsOnly(1);
        assertThat(values(changed, "backbone.stage3.norm2.scale")).containsOnly(0);
        for (float weight : values(changed, "neck.smooth0.weight")) {
            assertThat(weight).isBetween(-1e-7f, 1e-7f);
        }
        assertThat(values(changed, "head.classTower0.weight")).isEqualTo(values(plain, "head.classTower0.weight"));
        assertThat(values(changed, "head.sides.weight")).isNotEqualTo(values(plain, "head.sides.weight"));
    }

    @Test
    void refusesAResidualScaleOutOfRange() {
        assertThatThrownBy(() -> new InitConfig(Initializer.HE, 2, Initializer.HE, Initializer.HE, Initializer.HE))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("model.init.residual");
    }
}
