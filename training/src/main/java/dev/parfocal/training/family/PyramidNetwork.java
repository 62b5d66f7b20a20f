package dev.parfocal.training.family;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.backbone.Backbone;
import dev.parfocal.training.box.BoxCode;
import dev.parfocal.training.box.LastPriors;
import dev.parfocal.training.box.PriorBatch;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.head.DenseHead;
import dev.parfocal.training.model.Network;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.OutputSpec;
import dev.parfocal.training.model.Pixels;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Shared;
import dev.parfocal.training.model.Truth;
import dev.parfocal.training.neck.Neck;
import dev.parfocal.training.neck.Pyramid;
import java.util.List;
import java.util.Map;

/**
 * A single-stage detector: a backbone, a pyramid, and a head that predicts at every pixel of every level.
 *
 * @param pixels what the weights expect
 * @param priors of images from the levels' sizes
 * @param code of boxes
 * @param last the priors of the last images
 */
record PyramidNetwork(
        Pixels pixels, Backbone backbone, Neck neck, DenseHead head, PriorMaker priors, BoxCode code, LastPriors last)
        implements Network {

    PyramidNetwork(Pixels pixels, Backbone backbone, Neck neck, DenseHead head, PriorMaker priors, BoxCode code) {
        this(pixels, backbone, neck, head, priors, code, new LastPriors());
    }

    /** Makes the priors of an image. */
    @FunctionalInterface
    interface PriorMaker {
        /**
         * The priors.
         *
         * @param width of the model's input in pixels
         * @param height of the model's input in pixels
         * @param columns of each level's map
         * @param rows of each level's map
         */
        Priors of(int width, int height, int[] columns, int[] rows);
    }

    @Override
    public Prediction forward(Tensor images, Truth truth) {
        List<Tensor> maps = backbone.forward(pixels.of(images));
        Pyramid pyramid = neck.forward(maps);
        List<Tensor> levels = pyramid.levels();
        DenseHead.Rows rows = head.forward(levels);
        int[] columns = levels.stream().mapToInt(level -> level.size(3)).toArray();
        int[] lines = levels.stream().mapToInt(level -> level.size(2)).toArray();
        int width = images.size(3);
        int height = images.size(2);
        PriorBatch all =
                PriorBatch.same(last.of(width, height, () -> priors.of(width, height, columns, lines)), images.size(0));
        Output output = new Output(OutputSpec.ONLY, all, rows.logits(), rows.boxes(), code, rows.branches(), null);
        Map<String, List<Tensor>> places = Shared.places(backbone, maps, neck, pyramid);
        rows.towers().forEach((name, towers) -> places.put("head." + name, towers));
        return new Prediction(List.of(output), Map.of(), new Shared(levels, places));
    }

    @Override
    public List<String> headPrefixes() {
        return List.of("head.");
    }
}
