package dev.parfocal.training.head;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.training.backbone.Backbone;
import dev.parfocal.training.backbone.ResNet;
import dev.parfocal.training.backbone.ResNetConfig;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.golden.Golden;
import dev.parfocal.training.golden.GoldenModel;
import dev.parfocal.training.golden.Samples;
import dev.parfocal.training.neck.CoarserLevels;
import dev.parfocal.training.neck.FeaturePyramid;
import dev.parfocal.training.neck.Neck;
import dev.parfocal.training.neck.NeckConfig;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Backbone, pyramid and head have torchvision's names, shapes and values. */
class TorchvisionNetworksTest {
    private static final double RELATIVE = 1e-4;
    private static final double[] MEAN = {0.485, 0.456, 0.406};
    private static final double[] DEVIATION = {0.229, 0.224, 0.225};

    /** A detector as it was recorded. */
    private record Built(Golden golden, List<Tensor> levels, DenseHead.Rows rows) {
        static Built of(
                String name,
                ResNetConfig config,
                CoarserLevels coarser,
                BiFunction<Layers, Golden, DenseHead> makeHead) {
            Golden golden = Golden.read(name);
            Layers layers = new Layers(1);
            Backbone body = new ResNet(layers, "backbone.body.", config);
            Neck neck = new FeaturePyramid(layers, "backbone.fpn.", body.levels(), NeckConfig.of(256), coarser);
            DenseHead head = makeHead.apply(layers, golden);
            GoldenModel.fill(layers.finish(), golden);
            List<Tensor> levels = neck.forward(body.forward(GoldenModel.images(golden, MEAN, DEVIATION)))
                    .levels();
            assertThat(levels).hasSameSizeAs(neck.levels());
            for (int i = 0; i < levels.size(); i++) {
                assertThat(levels.get(i).size(1)).isEqualTo(neck.levels().get(i).channels());
            }
            return new Built(golden, levels, head.forward(levels));
        }

        void hasLevels() {
            for (int i = 0; i < levels.size(); i++) {
                assertThat(golden.samples("/levels/" + i)
                                .difference(levels.get(i).toArray(), RELATIVE))
                        .as("level " + i)
                        .isEmpty();
            }
        }

        void has(String pointer, Tensor rows) {
            int from = 0;
            int level = 0;
            for (JsonNode node : golden.at(pointer)) {
                Samples samples = Samples.of(node);
                int count = (int) samples.shape()[1];
                assertThat(samples.difference(rows.narrow(1, from, count).toArray(), RELATIVE))
                        .as(pointer + " level " + level++)
                        .isEmpty();
                from += count;
            }
            assertThat(from).isEqualTo(rows.size(1));
        }
    }

    private static int classes(Golden golden) {
        return golden.at("/configuration/classes").asInt();
    }

    @Test
    void retinaNet() {
        Scope.unrecorded(() -> {
            Built built = Built.of(
                    "retinanet",
                    ResNetConfig.RESNET18,
                    CoarserLevels.P6_P7_FROM_P5,
                    (layers, golden) -> new RetinaNetHead(
                            layers,
                            "head.",
                            new RetinaNetHead.Measures(256, 4, new Norm.None(), 9),
                            classes(golden),
                            0.01));
            built.hasLevels();
            built.has("/outputs/cls_logits", built.rows.logits());
            built.has("/outputs/bbox_regression", built.rows.boxes());
        });
    }

    @Test
    void retinaNetOfTheSecondVersion() {
        Scope.unrecorded(() -> {
            Built built = Built.of(
                    "retinanet_v2",
                    ResNetConfig.RESNET18,
                    CoarserLevels.P6_P7_FROM_C5,
                    (layers, golden) -> new RetinaNetHead(
                            layers,
                            "head.",
                            new RetinaNetHead.Measures(256, 4, Norm.Group.OF_32, 9),
                            classes(golden),
                            0.01));
            built.hasLevels();
            built.has("/outputs/cls_logits", built.rows.logits());
            built.has("/outputs/bbox_regression", built.rows.boxes());
        });
    }

    @Test
    void fcos() {
        Scope.unrecorded(() -> {
            Built built = Built.of(
                    "fcos",
                    ResNetConfig.RESNET18,
                    CoarserLevels.P6_P7_FROM_P5,
                    (layers, golden) -> new FcosHead(
                            layers, "head.", new FcosHead.Measures(256, 4, Norm.Group.OF_32), classes(golden), 0.01));
            built.hasLevels();
            built.has("/outputs/cls_logits", built.rows.logits());
            built.has("/outputs/bbox_regression", built.rows.boxes());
            built.has("/outputs/bbox_ctrness", built.rows.branches().get(FcosHead.CENTERNESS));
        });
    }
}
