package dev.parfocal.training.neck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.training.backbone.Level;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A layer of a transformer's encoder on a level, against the same written out number by number in double. */
class LevelAttentionTest {
    private static final int WIDTH = 64;
    private static final int HEADS = 2;
    private static final int ROWS = 2;
    private static final int COLUMNS = 3;
    private static final int PIXELS = ROWS * COLUMNS;
    private static final String NAME = "attention.stride32.";

    private final Map<String, double[]> weights = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        Engine.start(1);
    }

    @Test
    void isALayerOfATransformerWithNormalisedInputs() {
        Scope.unrecorded(() -> {
            Layers layers = new Layers(1);
            LevelAttention attention = new LevelAttention(layers, List.of(new Level(32, WIDTH)), List.of(32));
            Random random = new Random(7);
            for (Weight weight : layers.finish().all()) {
                weights.put(weight.name(), fill(weight, random));
            }
            double[] map = numbers(random, WIDTH * PIXELS);
            Map<Integer, Tensor> attended = new LinkedHashMap<>();
            Tensor result = attention.forward(32, tensor(map), attended);
            assertThat(attended).containsExactly(Map.entry(32, result));
            double[][] expected = expected(map);
            float[] found = result.toArray();
            for (int channel = 0; channel < WIDTH; channel++) {
                for (int pixel = 0; pixel < PIXELS; pixel++) {
                    assertThat((double) found[channel * PIXELS + pixel])
                            .as("channel %d, pixel %d", channel, pixel)
                            .isCloseTo(expected[pixel][channel], within(1e-5));
                }
            }
        });
    }

    @Test
    void changesNothingAtFirstAndNothingElsewhere() {
        Scope.unrecorded(() -> {
            Layers layers = new Layers(1);
            List<Level> levels = List.of(new Level(16, WIDTH), new Level(32, WIDTH));
            LevelAttention attention = new LevelAttention(layers, levels, List.of(32));
            layers.finish();
            Tensor map = tensor(numbers(new Random(3), WIDTH * PIXELS));
            Map<Integer, Tensor> attended = new LinkedHashMap<>();
            assertThat(attention.forward(16, map, attended)).isSameAs(map);
            assertThat(attention.forward(32, map, attended).toArray()).isEqualTo(map.toArray());
            assertThat(attended).containsOnlyKeys(32);
        });
    }

    @Test
    void hasAHeadForEvery32ChannelsThatDividesThem() {
        assertThat(List.of(256, 96, 64, 40, 100, 16).stream().map(LevelAttention::heads))
                .containsExactly(8, 3, 2, 1, 2, 1);
    }

    private static double[] fill(Weight weight, Random random) {
        double[] values = numbers(random, (int) weight.elements());
        double scale = 1 / Math.sqrt(values.length / (double) weight.value().size(0));
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) (values[i] * scale);
            values[i] = floats[i];
        }
        weight.value().set(floats);
        return values;
    }

    private static double[] numbers(Random random, int count) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private static Tensor tensor(double[] map) {
        Tensor tensor = Tensor.zeros(1, WIDTH, ROWS, COLUMNS);
        float[] values = new float[map.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) map[i];
        }
        tensor.set(values);
        return tensor;
    }

    /** {@code [pixels, channels]}: x + attention(norm(x)), then that + mlp(norm(that)). */
    private double[][] expected(double[] map) {
        double[][] x = new double[PIXELS][WIDTH];
        double[][] places = new double[PIXELS][WIDTH];
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            for (int channel = 0; channel < WIDTH; channel++) {
                x[pixel][channel] = map[channel * PIXELS + pixel];
                places[pixel][channel] = place(pixel, channel);
            }
        }
        double[][] normal = normalized(x, "self_attn_layer_norm");
        double[][] placed = sum(normal, places);
        double[][] q = linear(placed, "self_attn.q_proj");
        double[][] k = linear(placed, "self_attn.k_proj");
        double[][] v = linear(normal, "self_attn.v_proj");
        double[][] y = sum(x, linear(attention(q, k, v), "self_attn.o_proj"));
        double[][] hidden = linear(normalized(y, "final_layer_norm"), "mlp.fc1");
        for (double[] row : hidden) {
            for (int i = 0; i < row.length; i++) {
                row[i] *= 0.5 * (1 + erf(row[i] / Math.sqrt(2)));
            }
        }
        return sum(y, linear(hidden, "mlp.fc2"));
    }

    /** Sines, then cosines, of the row; the same of the column. */
    private static double place(int pixel, int channel) {
        int quarter = WIDTH / 4;
        double frequency = Math.pow(10_000, -(channel % quarter) / (double) quarter);
        double angle = (channel < WIDTH / 2 ? pixel / COLUMNS : pixel % COLUMNS) * frequency;
        return channel / quarter % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
    }

    private static double[][] attention(double[][] q, double[][] k, double[][] v) {
        double[][] result = new double[PIXELS][WIDTH];
        int size = WIDTH / HEADS;
        for (int head = 0; head < HEADS; head++) {
            for (int i = 0; i < PIXELS; i++) {
                double[] share = new double[PIXELS];
                double sum = 0;
                for (int j = 0; j < PIXELS; j++) {
                    double product = 0;
                    for (int c = head * size; c < (head + 1) * size; c++) {
                        product += q[i][c] * k[j][c];
                    }
                    share[j] = Math.exp(product / Math.sqrt(size));
                    sum += share[j];
                }
                for (int c = head * size; c < (head + 1) * size; c++) {
                    for (int j = 0; j < PIXELS; j++) {
                        result[i][c] += share[j] / sum * v[j][c];
                    }
                }
            }
        }
        return result;
    }

    private double[][] normalized(double[][] x, String layer) {
        double[] scale = weight(layer + ".weight");
        double[] shift = weight(layer + ".bias");
        double[][] result = new double[x.length][scale.length];
        for (int row = 0; row < x.length; row++) {
            double mean = 0;
            double square = 0;
            for (double value : x[row]) {
                mean += value / scale.length;
                square += value * value / scale.length;
            }
            double deviation = Math.sqrt(square - mean * mean + 1e-5);
            for (int i = 0; i < scale.length; i++) {
                result[row][i] = (x[row][i] - mean) / deviation * scale[i] + shift[i];
            }
        }
        return result;
    }

    private double[][] linear(double[][] x, String layer) {
        double[] kernel = weight(layer + ".weight");
        double[] bias = weight(layer + ".bias");
        double[][] result = new double[x.length][bias.length];
        for (int row = 0; row < x.length; row++) {
            for (int out = 0; out < bias.length; out++) {
                result[row][out] = bias[out];
                for (int in = 0; in < x[row].length; in++) {
                    result[row][out] += kernel[out * x[row].length + in] * x[row][in];
                }
            }
        }
        return result;
    }

    private double[] weight(String name) {
        return java.util.Objects.requireNonNull(weights.get(NAME + name), name);
    }

    private static double[][] sum(double[][] a, double[][] b) {
        double[][] result = new double[a.length][a[0].length];
        for (int row = 0; row < a.length; row++) {
            for (int i = 0; i < a[row].length; i++) {
                result[row][i] = a[row][i] + b[row][i];
            }
        }
        return result;
    }

    /** The error function by its series. */
    private static double erf(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }
}
