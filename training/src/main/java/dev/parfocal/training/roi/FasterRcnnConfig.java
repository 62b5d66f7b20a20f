package dev.parfocal.training.roi;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.prior.AnchorGrid;
import dev.parfocal.detection.prior.ProposalSelection;
import dev.parfocal.training.backbone.Level;
import dev.parfocal.training.backbone.ResNet;
import dev.parfocal.training.backbone.ResNetConfig;
import dev.parfocal.training.box.LastPriors;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.engine.Precision;
import dev.parfocal.training.head.RpnHead;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.model.Network;
import dev.parfocal.training.model.OutputSpec;
import dev.parfocal.training.model.OutputSpec.Columns;
import dev.parfocal.training.model.OutputSpec.Slot;
import dev.parfocal.training.model.Pixels;
import dev.parfocal.training.model.Scoring;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.neck.CoarserLevels;
import dev.parfocal.training.neck.FeaturePyramid;
import dev.parfocal.training.neck.NeckConfig;
import dev.parfocal.training.weights.TensorShapes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The measures of a Faster R-CNN on a feature pyramid, with torchvision's names of weights. Ren et al., arXiv 1506.01497.
 *
 * @param input width and height that images are fitted to
 * @param pixels what the weights expect
 * @param precision of the forward pass in training
 * @param backbone its ResNet
 * @param neck the pyramid: a level for each of the backbone's maps, and one of twice the coarsest stride that the
 *     region proposal network alone reads
 * @param rpn the region proposal network
 * @param roi the head that looks at its proposals
 */
public record FasterRcnnConfig(
        InputSize input,
        Pixels pixels,
        Precision precision,
        ResNetConfig backbone,
        NeckConfig neck,
        RpnConfig rpn,
        RoiConfig roi)
        implements ModelConfig {

    /**
     * The measures of a region proposal network.
     *
     * @param depth 3×3 convolutions before its outputs, at least 1
     * @param anchor side of an anchor's square in strides, above 0; each square has two rectangles of its area beside it, twice
     *     as wide and twice as high as they are high and wide
     * @param training which of its boxes are proposed in training
     * @param use which are proposed in use
     */
    public record RpnConfig(int depth, double anchor, ProposalSelection training, ProposalSelection use) {
        /** Checks the ranges. */
        public RpnConfig {
            if (depth < 1 || !(anchor > 0) || anchor == Double.POSITIVE_INFINITY) {
                throw new ParfocalException(
                        "model.rpn: depth must be at least 1 (is " + depth + "), anchor above 0 (is " + anchor + ")");
            }
        }
    }

    /**
     * The measures of a head on regions.
     *
     * @param align how a region is read from a map
     * @param hidden numbers between its two linear layers, at least 1
     */
    public record RoiConfig(RoiAlign align, int hidden) {
        /** Checks the ranges. */
        public RoiConfig {
            if (hidden < 1) {
                throw new ParfocalException("model.roi: hidden must be at least 1, but is " + hidden);
            }
        }
    }

    private static final List<Double> RATIOS = List.of(0.5, 1.0, 2.0);

    /** torchvision's, on a ResNet-18, for images of 320 × 256. */
    public static final FasterRcnnConfig DEFAULT = new FasterRcnnConfig(
            new InputSize(320, 256),
            Pixels.IMAGENET,
            Precision.FLOAT32,
            new ResNetConfig(ResNetConfig.Residual.BASIC, List.of(2, 2, 2, 2), 64, Norm.Frozen.PYTORCH, 1),
            NeckConfig.of(256),
            new RpnConfig(1, 8, ProposalSelection.training(), ProposalSelection.use()),
            new RoiConfig(RoiAlign.DEFAULT, 1024));

    /** Checks what depends on several of them. */
    public FasterRcnnConfig {
        neck.requireLevels(CoarserLevels.SUBSAMPLED.strides(backbone.strides()));
    }

    @Override
    public String kind() {
        return "faster_rcnn";
    }

    @Override
    public List<OutputSpec> outputs() {
        Map<String, Slot> slots = OutputSpec.usualSlots();
        return List.of(
                new OutputSpec(FasterRcnn.RPN, Priors.Kind.ANCHORS, slots, 1, Columns.OBJECT, Scoring.PLAIN, false),
                new OutputSpec(
                        FasterRcnn.ROI,
                        Priors.Kind.PROPOSALS,
                        slots,
                        1,
                        Columns.BACKGROUND_AND_CLASSES,
                        Scoring.PLAIN,
                        false));
    }

    @Override
    public Map<String, Object> measures(TensorShapes weights) {
        Map<String, Object> measures = new LinkedHashMap<>();
        ResNetConfig.measures(weights).forEach((key, value) -> measures.put("backbone." + key, value));
        weights.outputs("roi_heads.box_predictor.cls_score.weight")
                .map(classes -> ResNetConfig.cocoNorm(weights, classes))
                .ifPresent(norm -> norm.forEach((key, value) -> measures.put("backbone." + key, value)));
        Optional<Integer> width = weights.outputs("fpn.layer_blocks.0.0.weight", "fpn.layer_blocks.0.weight");
        measures.putAll(NeckConfig.measures(weights, width));
        weights.kernels("rpn.head.conv.").ifPresent(depth -> measures.put("rpn.depth", depth));
        weights.outputs("roi_heads.box_head.fc6.weight").ifPresent(hidden -> measures.put("roi.hidden", hidden));
        weights.inputs("roi_heads.box_head.fc6.weight")
                .flatMap(numbers -> width.map(channels -> numbers / channels))
                .ifPresent(bins -> measures.put("roi.align.size", (int) Math.round(Math.sqrt(bins))));
        return measures;
    }

    @Override
    public Network network(Layers layers, Start start) {
        ResNet body = new ResNet(layers, "backbone.body.", backbone);
        FeaturePyramid pyramid =
                new FeaturePyramid(layers, "backbone.fpn.", body.levels(), neck, CoarserLevels.SUBSAMPLED);
        AnchorGrid anchors = new AnchorGrid(
                pyramid.levels().stream()
                        .map(level -> List.of(rpn.anchor * level.stride()))
                        .toList(),
                RATIOS);
        int numbers = neck.width() * roi.align.size() * roi.align.size();
        return new FasterRcnn(
                pixels,
                body,
                pyramid,
                new RpnHead(layers, "rpn.head.", neck.width(), rpn.depth, RATIOS.size(), start.prior(FasterRcnn.RPN)),
                anchors,
                new RegionProposals(rpn.training, rpn.use),
                new RoiPyramid(
                        roi.align, body.levels().stream().map(Level::stride).toList()),
                new RoiHead(
                        layers, "roi_heads", numbers, roi.hidden, start.classCount() + 1, start.prior(FasterRcnn.ROI)),
                new LastPriors());
    }
}
