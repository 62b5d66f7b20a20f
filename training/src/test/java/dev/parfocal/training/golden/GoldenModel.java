package dev.parfocal.training.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weight;
import dev.parfocal.training.engine.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A reference's network built from our blocks: the same names and shapes, filled by the same formula. */
public final class GoldenModel {
    private GoldenModel() {}

    /** Checks that the names and shapes are the reference's own, and fills the weights. */
    public static void fill(Weights weights, Golden golden) {
        Map<String, long[]> expected = golden.shapes();
        expected.keySet().removeIf(name -> name.endsWith("num_batches_tracked"));
        Map<String, long[]> shapes = new LinkedHashMap<>();
        weights.all().forEach(w -> shapes.put(w.name(), w.value().shape()));
        assertThat(shapes.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        shapes.forEach((name, shape) -> assertThat(shape).as(name).isEqualTo(expected.get(name)));
        FormulaWeights formula = golden.weights();
        Scope.unrecorded(() -> weights.all()
                .forEach(w -> w.value().set(formula.values(w.name(), w.value().shape()))));
    }

    /** The golden file's images, less a mean and divided by a deviation for each channel. */
    public static Tensor images(Golden golden, double[] mean, double[] deviation) {
        float[] pixels = golden.images();
        int count = golden.at("/images/count").asInt();
        int height = golden.at("/images/height").asInt();
        int width = golden.at("/images/width").asInt();
        FloatBuffer planes = ByteBuffer.allocateDirect(4 * pixels.length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int i = 0; i < pixels.length; i++) {
            int channel = i / (height * width) % 3;
            planes.put(i, (float) ((pixels[i] - mean[channel]) / deviation[channel]));
        }
        return Tensor.images(planes, count, 3, height, width);
    }

    /** Fails where the gradient of a named weight is not the expected one. */
    public static void gradientIs(Weights weights, String name, Samples expected, double relative) {
        float[] gradient = weight(weights, name).within(weights.gradients()).toArray();
        assertThat(expected.difference(gradient, relative))
                .as("gradient of " + name)
                .isEmpty();
    }

    /** A weight by its name. */
    public static Weight weight(Weights weights, String name) {
        return weights.all().stream()
                .filter(w -> w.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
