package dev.parfocal.training.family;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.prior.AnchorGrid;
import dev.parfocal.training.backbone.ResNet;
import dev.parfocal.training.backbone.ResNetConfig;
import dev.parfocal.training.box.DeltaCode;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.engine.Precision;
import dev.parfocal.training.head.RetinaNetHead;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.model.Network;
import dev.parfocal.training.model.OutputSpec;
import dev.parfocal.training.model.OutputSpec.Slot;
import dev.parfocal.training.model.Pixels;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.neck.CoarserLevels;
import dev.parfocal.training.neck.FeaturePyramid;
import dev.parfocal.training.neck.NeckConfig;
import dev.parfocal.training.weights.TensorShapes;
import java.util.List;
import java.util.Map;

/**
 * The measures of a RetinaNet, with torchvision's names of weights. Lin et al., arXiv 1708.02002.
 *
 * @param input width and height that images are fitted to
 * @param pixels what the weights expect
 * @param precision of the forward pass in training
 * @param backbone its ResNet
 * @param neck the pyramid on the backbone's maps and the coarser levels, of strides 8 to 128
 * @param coarser what the levels of strides 64 and 128 are made from
 * @param tower 3×3 convolutions in each branch of the head
 * @param headNorm behind each of them
 * @param anchor side of a cell's smallest square in strides, above 0; the cell has two larger squares, each by a third of an
 *     octave, and two rectangles of the area of each square
 */
public record RetinaNetConfig(
        InputSize input,
        Pixels pixels,
        Precision precision,
        ResNetConfig backbone,
        NeckConfig neck,
        CoarserLevels coarser,
        int tower,
        Norm headNorm,
        double anchor)
        implements ModelConfig {

    /** Strides of the five levels. */
    private static final int[] STRIDES = {8, 16, 32, 64, 128};

    /** On a ResNet-18, for images of 320 × 256. */
    public static final RetinaNetConfig DEFAULT = new RetinaNetConfig(
            new InputSize(320, 256),
            Pixels.IMAGENET,
            Precision.FLOAT32,
            ResNetConfig.RESNET18,
            NeckConfig.of(256),
            CoarserLevels.P6_P7_FROM_P5,
            4,
            new Norm.None(),
            4);

    /** Checks the ranges. */
    public RetinaNetConfig {
        TorchvisionPyramid.require(backbone, neck, coarser, tower);
        if (!(anchor > 0) || anchor == Double.POSITIVE_INFINITY) {
            throw new ParfocalException("model.anchor must be above 0, but is " + anchor);
        }
    }

    @Override
    public String kind() {
        return "retinanet";
    }

    @Override
    public List<OutputSpec> outputs() {
        Map<String, Slot> slots = OutputSpec.usualSlots();
        return List.of(new OutputSpec(OutputSpec.ONLY, Priors.Kind.ANCHORS, slots, 1));
    }

    @Override
    public Map<String, Object> measures(TensorShapes weights) {
        Map<String, Object> measures = TorchvisionPyramid.measures(weights);
        int anchors = grid().perCell(0);
        weights.outputs("head.classification_head.cls_logits.weight")
                .map(logits -> ResNetConfig.cocoNorm(weights, logits / anchors))
                .ifPresent(norm -> norm.forEach((key, value) -> measures.put("backbone." + key, value)));
        return measures;
    }

    private AnchorGrid grid() {
        return AnchorGrid.retinanet(anchor, STRIDES);
    }

    @Override
    public Network network(Layers layers, Start start) {
        ResNet body = new ResNet(layers, "backbone.body.", backbone);
        AnchorGrid anchors = grid();
        RetinaNetHead.Measures measures = new RetinaNetHead.Measures(neck.width(), tower, headNorm, anchors.perCell(0));
        return new PyramidNetwork(
                pixels,
                body,
                new FeaturePyramid(layers, "backbone.fpn.", body.levels(), neck, coarser),
                new RetinaNetHead(layers, "head.", measures, start.classCount(), start.prior(OutputSpec.ONLY)),
                anchors::ofMaps,
                DeltaCode.ANCHORS);
    }
}
