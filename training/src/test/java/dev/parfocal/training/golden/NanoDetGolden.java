package dev.parfocal.training.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.training.backbone.CspNet;
import dev.parfocal.training.backbone.CspNetConfig;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.TensorFile;
import dev.parfocal.training.engine.Weights;
import dev.parfocal.training.head.DenseHead;
import dev.parfocal.training.head.NanoDetHead;
import dev.parfocal.training.neck.BilinearPan;
import dev.parfocal.training.neck.NeckConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * NanoDet-g's published weights give the outputs that were recorded of them. Run by {@code scripts/nanodet-golden.sh}, which
 * names the files; the tests of the build do without them.
 */
class NanoDetGolden {
    private static final int HEIGHT = 192;
    private static final int WIDTH = 256;
    private static final int CLASSES = 80;
    private static final int BINS = 11;
    private static final double TOLERANCE = 1e-3;

    @Test
    void outputsOfThePublishedWeights() {
        Path weightFile = Path.of(System.getProperty("nanodet.weights"));
        JsonNode golden = JsonMapper.shared()
                .readTree(Path.of(System.getProperty("nanodet.golden")).toFile());
        Layers layers = new Layers(1);
        CspNet backbone =
                new CspNet(layers, "backbone.", new CspNetConfig(32, CspNetConfig.NANODET_G.depths(), new Norm.None()));
        BilinearPan neck = new BilinearPan(layers, "fpn.", backbone.levels(), NeckConfig.of(128), new Norm.None());
        NanoDetHead head = new NanoDetHead(
                layers, "head.", new NanoDetHead.Measures(3, 128, 1, BINS - 1, new Norm.None()), CLASSES, 0.01);
        Weights weights = layers.finish();
        TensorFile file = TensorFile.read(weightFile);
        assertThat(file.tensors()).hasSize(weights.all().size());
        weights.restore(file, "", weights.trained(), weights.statistics());
        Scope.unrecorded(() -> compare(
                head.forward(neck.forward(backbone.forward(input())).levels()),
                golden.get("levels"),
                neck.levels().size()));
    }

    private static void compare(DenseHead.Rows rows, JsonNode levels, int count) {
        assertThat(levels.size()).isEqualTo(count);
        int start = 0;
        for (JsonNode level : levels) {
            int height = level.get("shape").get(1).asInt();
            int width = level.get("shape").get(2).asInt();
            for (JsonNode sample : level.get("samples")) {
                int row = start
                        + sample.get("y").asInt() * width
                        + sample.get("x").asInt();
                isClose(rows.logits().narrow(1, row, 1).toArray(), sample.get("class_logits_first5"));
                isClose(rows.boxes().narrow(1, row, 1).toArray(), sample.get("left_bins"));
            }
            float[] logits =
                    rows.logits().narrow(1, start, (long) height * width).toArray();
            float[] bins = rows.boxes().narrow(1, start, (long) height * width).toArray();
            double sum = 0;
            double largest = Double.NEGATIVE_INFINITY;
            for (float logit : logits) {
                sum += logit;
                largest = Math.max(largest, logit);
            }
            for (float bin : bins) {
                sum += bin;
            }
            double mean = level.get("mean").doubleValue();
            assertThat(sum / (logits.length + bins.length)).isCloseTo(mean, within(TOLERANCE));
            assertThat(largest).isCloseTo(level.get("max_class_logit").doubleValue(), within(TOLERANCE));
            start += height * width;
        }
    }

    private static void isClose(float[] actual, JsonNode expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat((double) actual[i]).isCloseTo(expected.get(i).doubleValue(), within(TOLERANCE));
        }
    }

    private static Tensor input() {
        FloatBuffer planes = ByteBuffer.allocateDirect(4 * 3 * HEIGHT * WIDTH)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    planes.put((float) (Math.sin(0.05 * x + 0.9 * c) * Math.cos(0.08 * y - 0.4 * c)
                            + 0.3 * Math.sin(0.31 * x + 0.17 * y)));
                }
            }
        }
        return Tensor.images(planes.flip(), 1, 3, HEIGHT, WIDTH);
    }
}
