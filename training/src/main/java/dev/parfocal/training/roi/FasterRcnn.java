package dev.parfocal.training.roi;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.prior.AnchorGrid;
import dev.parfocal.training.backbone.Backbone;
import dev.parfocal.training.box.DeltaCode;
import dev.parfocal.training.box.LastPriors;
import dev.parfocal.training.box.PriorBatch;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.head.DenseHead;
import dev.parfocal.training.model.Network;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.Pixels;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Shared;
import dev.parfocal.training.model.Truth;
import dev.parfocal.training.neck.Neck;
import dev.parfocal.training.neck.Pyramid;
import java.util.List;
import java.util.Map;

/**
 * A two-stage detector: a region proposal network looks at anchors on every level of a pyramid, and a second head looks again
 * at what it proposes. Ren et al., Faster R-CNN, arXiv 1506.01497, on a feature pyramid, arXiv 1612.03144.
 *
 * @param pixels what the weights expect
 * @param neck whose levels the region proposal network reads
 * @param anchors on these levels
 * @param regions reads them from the levels that the backbone has maps for
 * @param last the anchors of the last images
 */
record FasterRcnn(
        Pixels pixels,
        Backbone backbone,
        Neck neck,
        DenseHead rpn,
        AnchorGrid anchors,
        RegionProposals proposals,
        RoiPyramid regions,
        RoiHead head,
        LastPriors last)
        implements Network {
    static final String RPN = "rpn";
    static final String ROI = "roi";

    /** Factors of torchvision's deltas of regions. */
    private static final float CENTRE_WEIGHT = 10;

    private static final float SIZE_WEIGHT = 5;

    @Override
    public Prediction forward(Tensor images, Truth truth) {
        List<Tensor> maps = backbone.forward(pixels.of(images));
        Pyramid pyramid = neck.forward(maps);
        List<Tensor> levels = pyramid.levels();
        // Levels beyond the backbone's coarsest map are made from these.
        List<Tensor> own = levels.subList(0, maps.size());
        DenseHead.Rows rows = rpn.forward(levels);
        Output first = first(rows, levels, images);
        List<RegionProposals.Regions> proposed = proposals.of(first, ROI, images.size(3), images.size(2), truth);
        List<float[]> boxes =
                proposed.stream().map(RegionProposals.Regions::boxes).toList();
        Tensor features = regions.of(own, boxes).float32();
        Map<String, List<Tensor>> places = Shared.places(backbone, maps, neck, pyramid);
        rows.towers().forEach((name, towers) -> places.put(RPN + "." + name, towers));
        if (features.size(0) > 0) {
            places.put(ROI + ".regions", List.of(features));
        }
        Output second = second(features, boxes);
        boolean learning = truth.objects().isPresent();
        List<Output> outputs = List.of(
                first,
                learning
                        ? second.given(proposed.stream()
                                .flatMap(r -> r.learnt().stream())
                                .toList())
                        : second);
        return new Prediction(outputs, Map.of(), new Shared(own, places));
    }

    private Output first(DenseHead.Rows rows, List<Tensor> levels, Tensor images) {
        int[] columns = levels.stream().mapToInt(level -> level.size(3)).toArray();
        int[] lines = levels.stream().mapToInt(level -> level.size(2)).toArray();
        int width = images.size(3);
        int height = images.size(2);
        Priors all = last.of(width, height, () -> anchors.ofMaps(width, height, columns, lines));
        return new Output(RPN, PriorBatch.same(all, images.size(0)), rows.logits(), rows.boxes(), DeltaCode.ANCHORS);
    }

    private Output second(Tensor features, List<float[]> boxes) {
        PriorBatch priors = PriorBatch.of(boxes.stream().map(Priors::boxes).toList());
        RoiHead.Said said = head.forward(features);
        int classes = said.logits().size(1) - 1;
        // The first four columns are a box of the background, which nothing learns and nobody asks for.
        Tensor deltas = said.boxes().narrow(1, 4, 4L * classes).float32().contiguous();
        return new Output(
                ROI,
                priors,
                said.logits().float32().contiguous(),
                deltas,
                new DeltaCode(CENTRE_WEIGHT, SIZE_WEIGHT, classes));
    }

    @Override
    public List<String> headPrefixes() {
        return List.of("rpn.head.", "roi_heads.");
    }
}
