package dev.parfocal.training.dense;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.backbone.Backbone;
import dev.parfocal.training.box.LastPriors;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Network;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Shared;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.model.Truth;
import dev.parfocal.training.neck.Neck;
import dev.parfocal.training.neck.Pyramid;
import java.util.List;
import java.util.Map;

/** Backbone, feature pyramid, head; every cell of the pyramid is a prior. */
final class DenseNetwork implements Network {
    private static final int[] STRIDES =
            DenseConfig.STRIDES.stream().mapToInt(Integer::intValue).toArray();

    private final Backbone backbone;
    private final Neck neck;
    private final Head head;
    private final LastPriors cells = new LastPriors();

    DenseNetwork(Layers layers, DenseConfig config, Start start) {
        backbone = new DenseBackbone(layers, config);
        neck = new DensePyramid(layers, config);
        head = new Head(layers, config, start);
    }

    @Override
    public Prediction forward(Tensor images, Truth truth) {
        List<Tensor> maps = backbone.forward(images);
        Pyramid pyramid = neck.forward(maps);
        Map<String, List<Tensor>> places = Shared.places(backbone, maps, neck, pyramid);
        return head.forward(pyramid.levels(), cells(images.size(3), images.size(2)), places);
    }

    private Priors cells(int width, int height) {
        return cells.of(width, height, () -> Priors.cells(width, height, STRIDES));
    }

    @Override
    public List<String> headPrefixes() {
        return List.of(Head.PREFIX);
    }
}
