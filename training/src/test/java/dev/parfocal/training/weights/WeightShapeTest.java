package dev.parfocal.training.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightShapeTest {
    private static WeightShape of(String network) {
        return WeightShape.of(InMemory.of(Names.of(network)));
    }

    @Test
    void knowsTheDepthOfAResNet() {
        assertThat(of("resnet18").resNetDepth()).contains(18);
        assertThat(of("fcos").resNetDepth()).contains(34);
        assertThat(of("retinanet_v2").resNetDepth()).contains(50);
        assertThat(of("rt_detr_file").resNetDepth()).contains(18);
        assertThat(of("resnet18").widths()).contains(List.of(64, 128, 256, 512));
        assertThat(of("retinanet_v2").widths()).contains(List.of(256, 512, 1024, 2048));
        assertThat(of("rt_detr").widths()).contains(List.of(32, 64, 96, 128));
    }

    @Test
    void knowsClassesAnchorsAndLayers() {
        assertThat(of("retinanet").describe())
                .isEqualTo("ResNet-18, stages of [64, 128, 256, 512] channels,"
                        + " pyramid of 256 channels, 9 anchors a cell, 91 classes");
        assertThat(of("fcos").anchors()).contains(1);
        assertThat(of("fcos").classes()).contains(91);
        assertThat(of("faster_rcnn").anchors()).contains(3);
        assertThat(of("faster_rcnn").classes()).contains(91);
        assertThat(of("rt_detr_file").classes()).contains(80);
        assertThat(of("rt_detr_file").decoderLayers()).contains(2);
        assertThat(of("rt_detr_file").hidden()).contains(64);
    }

    @Test
    void countsNanoDetsClassesBesideItsBins() {
        Map<String, List<Long>> names = new LinkedHashMap<>();
        names.put("model.head.gfl_cls.0.weight", List.of(124L, 128L, 1L, 1L));
        assertThat(WeightShape.of(InMemory.of(names)).classes()).isEmpty();
        names.put("model.head.distribution_project.project", List.of(11L));
        assertThat(WeightShape.of(InMemory.of(names)).classes()).contains(80);
    }

    @Test
    void saysNothingOfUnknownNetworks() {
        assertThat(WeightShape.of(InMemory.of(Map.of("a.weight", List.of(2L)))).describe())
                .isEmpty();
    }
}
