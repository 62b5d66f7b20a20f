package dev.parfocal.training.family;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.prior.AnchorGrid;
import dev.parfocal.training.backbone.ResNet;
import dev.parfocal.training.backbone.ResNetConfig;
import dev.parfocal.training.box.DistanceCode;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.engine.Precision;
import dev.parfocal.training.head.FcosHead;
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
import java.util.List;
import java.util.Map;

/**
 * The measures of an FCOS, with torchvision's names of weights. Tian et al., arXiv 1904.01355.
 *
 * @param input width and height that images are fitted to
 * @param pixels what the weights expect
 * @param precision of the forward pass in training
 * @param backbone its ResNet
 * @param neck the pyramid on the backbone's maps and the coarser levels, of strides 8 to 128
 * @param coarser what the levels of strides 64 and 128 are made from
 * @param tower 3×3 convolutions in each branch of the head
 * @param headNorm behind each of them
 */
public record FcosConfig(
        InputSize input,
        Pixels pixels,
        Precision precision,
        ResNetConfig backbone,
        NeckConfig neck,
        CoarserLevels coarser,
        int tower,
        Norm headNorm)
        implements ModelConfig {

    /** On a ResNet-18, for images of 320 × 256. */
    public static final FcosConfig DEFAULT = new FcosConfig(
            new InputSize(320, 256),
            Pixels.IMAGENET,
            Precision.FLOAT32,
            ResNetConfig.RESNET18,
            NeckConfig.of(256),
            CoarserLevels.P6_P7_FROM_P5,
            4,
            Norm.Group.OF_32);

    /** Checks the ranges. */
    public FcosConfig {
        TorchvisionPyramid.require(backbone, neck, coarser, tower);
    }

    @Override
    public String kind() {
        return "fcos";
    }

    @Override
    public List<OutputSpec> outputs() {
        Map<String, Slot> slots = OutputSpec.usualSlots(FcosHead.CENTERNESS, Slot.BRANCH);
        return List.of(new OutputSpec(
                OutputSpec.ONLY,
                Priors.Kind.CELLS,
                slots,
                1,
                Columns.CLASSES,
                new Scoring(0.5, FcosHead.CENTERNESS, 0.5),
                false));
    }

    @Override
    public Map<String, Object> measures(TensorShapes weights) {
        return TorchvisionPyramid.measures(weights);
    }

    @Override
    public Network network(Layers layers, Start start) {
        ResNet body = new ResNet(layers, "backbone.body.", backbone);
        AnchorGrid anchors = AnchorGrid.fcos();
        FcosHead.Measures measures = new FcosHead.Measures(neck.width(), tower, headNorm);
        return new PyramidNetwork(
                pixels,
                body,
                new FeaturePyramid(layers, "backbone.fpn.", body.levels(), neck, coarser),
                new FcosHead(layers, "head.", measures, start.classCount(), start.prior(OutputSpec.ONLY)),
                anchors::ofMaps,
                new DistanceCode(DistanceCode.Link.NONE));
    }
}
