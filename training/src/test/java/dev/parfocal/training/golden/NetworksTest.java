package dev.parfocal.training.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.training.backbone.Backbone;
import dev.parfocal.training.backbone.CspDarknet;
import dev.parfocal.training.backbone.CspNet;
import dev.parfocal.training.backbone.CspNetConfig;
import dev.parfocal.training.backbone.ResNet;
import dev.parfocal.training.backbone.ResNetConfig;
import dev.parfocal.training.block.Activation;
import dev.parfocal.training.block.ConvModules;
import dev.parfocal.training.block.ConvNorm;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weights;
import dev.parfocal.training.head.DenseHead;
import dev.parfocal.training.head.NanoDetHead;
import dev.parfocal.training.head.YoloxHead;
import dev.parfocal.training.neck.BilinearPan;
import dev.parfocal.training.neck.CspPan;
import dev.parfocal.training.neck.Neck;
import dev.parfocal.training.neck.NeckConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Networks give the outputs, gradients and running statistics of the same networks in PyTorch. */
class NetworksTest {
    private static final double[] HALF = {0.5, 0.5, 0.5};
    private static final double[] ONE = {1, 1, 1};
    /**
     * Statistics of small batches and kinks amplify the rounding of float32 on the way back: with other numbers of threads single
     * elements were off by 7e-3. A layer in the wrong place is off by its whole size.
     */
    private static final double SLOPE = 5e-2;

    private static final Norm YOLOX_NORM = new Norm.Batch(1e-3, 0.03);

    @Test
    void resNetWithBottlenecks() {
        ResNetConfig config =
                new ResNetConfig(ResNetConfig.Residual.BOTTLENECK, List.of(2, 1, 1, 1), 64, Norm.Batch.PYTORCH, 1);
        check("resnet_bottleneck", layers -> {
            ResNet body = new ResNet(layers, "body.", config);
            assertThat(body.levels()).extracting(l -> l.stride()).containsExactly(4, 8, 16, 32);
            return body::forward;
        });
    }

    @Test
    void nanoDet() {
        check("nanodet", layers -> {
            Norm norm = Norm.Batch.PYTORCH;
            Backbone backbone = new CspNet(layers, "backbone.", new CspNetConfig(8, List.of(1, 2, 1, 1), norm));
            Neck neck = new BilinearPan(layers, "fpn.", backbone.levels(), NeckConfig.of(24), norm);
            DenseHead head = new NanoDetHead(layers, "head.", new NanoDetHead.Measures(3, 24, 1, 7, norm), 3, 0.01);
            return images -> maps(head, neck.forward(backbone.forward(images)).levels());
        });
    }

    @Test
    void yolox() {
        check("yolox", layers -> {
            ConvModules modules = new ConvModules(new ConvNorm(layers, YOLOX_NORM, Initializer.HE), Activation.SILU);
            Backbone backbone = new CspDarknet(modules, "backbone.backbone.", 8, 1);
            Neck neck = new CspPan(modules, "backbone.", backbone.levels(), 1, List.of());
            DenseHead head = new YoloxHead(modules, "head.", neck.levels(), 16, 3, 0.01);
            return images -> maps(head, neck.forward(backbone.forward(images)).levels());
        });
    }

    /** All numbers of a head as one map for each level. */
    private static List<Tensor> maps(DenseHead head, List<Tensor> pyramid) {
        DenseHead.Rows rows = head.forward(pyramid);
        List<Tensor> columns = new ArrayList<>(List.of(rows.logits(), rows.boxes()));
        columns.addAll(rows.branches().values());
        Tensor all = Tensor.concatenate(columns, 2);
        List<Tensor> maps = new ArrayList<>();
        int start = 0;
        for (Tensor level : pyramid) {
            int height = level.size(2);
            int width = level.size(3);
            maps.add(all.narrow(1, start, (long) height * width)
                    .permute(0, 2, 1)
                    .reshape(all.size(0), all.size(2), height, width));
            start += height * width;
        }
        return maps;
    }

    private static void check(String name, Function<Layers, Function<Tensor, List<Tensor>>> build) {
        Golden golden = Golden.read(name);
        Layers layers = new Layers(1);
        Function<Tensor, List<Tensor>> network = build.apply(layers);
        Weights weights = layers.finish();
        GoldenModel.fill(weights, golden);
        layers.training(true);
        Scope.recorded(() -> {
            List<Tensor> outputs = network.apply(GoldenModel.images(golden, HALF, ONE));
            for (int i = 0; i < outputs.size(); i++) {
                assertThat(golden.samples("/outputs/" + i)
                                .difference(outputs.get(i).toArray(), 1e-4))
                        .as(name + ", output " + i)
                        .isEmpty();
            }
            Tensor.backward(outputs, upstream(outputs));
            return true;
        });
        golden.at("/gradients")
                .properties()
                .forEach(entry -> GoldenModel.gradientIs(weights, entry.getKey(), Samples.of(entry.getValue()), SLOPE));
        golden.at("/statistics")
                .properties()
                .forEach(entry -> assertThat(Samples.of(entry.getValue())
                                .difference(
                                        GoldenModel.weight(weights, entry.getKey())
                                                .value()
                                                .toArray(),
                                        1e-4))
                        .isEmpty());
    }

    private static List<Tensor> upstream(List<Tensor> outputs) {
        double[] noise = FormulaWeights.noise(
                "upstream", (int) outputs.stream().mapToLong(Tensor::elements).sum());
        List<Tensor> upstream = new ArrayList<>();
        int at = 0;
        for (Tensor output : outputs) {
            float[] part = new float[(int) output.elements()];
            for (int i = 0; i < part.length; i++) {
                part[i] = (float) noise[at++];
            }
            Tensor gradient = Tensor.zeros(output.shape());
            gradient.set(part);
            upstream.add(gradient);
        }
        return upstream;
    }
}
