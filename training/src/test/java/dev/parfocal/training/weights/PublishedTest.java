package dev.parfocal.training.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedTest {
    @ParameterizedTest
    @CsvSource({
        "retinanet, RETINANET",
        "retinanet_v2, RETINANET",
        "fcos, FCOS",
        "faster_rcnn, FASTER_RCNN",
        "rt_detr, RT_DETR",
        "rt_detr_file, RT_DETR",
        "resnet18, RESNET"
    })
    void knowsNetworksByTheirNames(String network, Published published) {
        Set<String> names = Names.of(network).keySet();
        assertThat(Published.of(names)).contains(published);
        assertThat(Published.of(names.stream().map(n -> "module." + n).toList()))
                .contains(published);
    }

    @Test
    void knowsNothingOfOthers() {
        assertThat(Published.of(List.of("a.weight", "conv.weight"))).isEmpty();
        assertThat(Published.of(List.of())).isEmpty();
    }
}
