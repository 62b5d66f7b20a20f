package dev.parfocal.training.criterion;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.Assigner;
import dev.parfocal.detection.assign.AtssAssigner;
import dev.parfocal.detection.assign.CentreSamplingAssigner;
import dev.parfocal.detection.assign.MaxIouAssigner;
import dev.parfocal.detection.assign.TaskAlignedAssigner;
import dev.parfocal.detection.match.Cost;
import dev.parfocal.detection.match.DistanceCost;
import dev.parfocal.detection.match.HungarianAssigner;
import dev.parfocal.detection.match.SimOtaAssigner;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.OutputSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which priors learn which object. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface AssignerConfig {

    /** Task-aligned, ten points per object. */
    AssignerConfig DEFAULT = new TaskAligned(10, 1, 6, 0);

    /** Each kind as it is when only its name is given. */
    List<AssignerConfig> KINDS = List.of(
            DEFAULT,
            new Atss(10, null, 0),
            new MaxIou(0.5, 0.4, true),
            new CentreSampling(1.5, 4),
            new SimOta(1.5, SimOtaAssigner.Region.CENTRE, 10, 3),
            Hungarian.RT_DETR,
            new Given());

    /** Its name in a configuration. */
    String kind();

    /**
     * The assigner.
     *
     * @param input of the model
     */
    Assigner assigner(InputSize input);

    /**
     * Refuses what an output cannot be taught by.
     *
     * @param key of the assigner in the configuration, for messages
     * @throws ParfocalException if its priors do not suit this assigner
     */
    default void requireSuits(OutputSpec output, InputSize input, String key) {
        boolean given = this instanceof Given;
        if (given != output.settled()) {
            throw new ParfocalException(
                    given
                            ? key + ": the model does not settle what " + output.name() + " learns; choose another kind"
                            : key + ": the model itself settles what " + output.name()
                                    + " learns; set the kind to given, not " + kind());
        }
        if (!given) {
            assigner(input).unsuitable(output.priors()).ifPresent(reason -> {
                throw new ParfocalException(key + ": " + kind() + " does not suit " + output.name() + ": " + reason);
            });
        }
    }

    /**
     * Feng et al., TOOD, arXiv 2108.07755.
     *
     * @param topK points per object
     * @param alpha exponent of the score
     * @param beta exponent of the IoU
     * @param minIou points whose predicted box has a smaller IoU are not positive, in [0, 1]; 0 as in the paper
     */
    record TaskAligned(int topK, double alpha, double beta, double minIou) implements AssignerConfig {
        @Override
        public String kind() {
            return "task_aligned";
        }

        @Override
        public Assigner assigner(InputSize input) {
            return new TaskAlignedAssigner(topK, alpha, beta, minIou, true);
        }
    }

    /**
     * Zhang et al., arXiv 1912.02424.
     *
     * @param topK candidates per level
     * @param scale side of a cell's square in strides; absent: 8
     * @param minIou candidates whose square has a smaller IoU are not positive, in [0, 1]; 0 as in the paper
     */
    record Atss(int topK, @Nullable Double scale, double minIou) implements AssignerConfig {
        private static final double USUAL = 8;

        @Override
        public String kind() {
            return "atss";
        }

        @Override
        public Assigner assigner(InputSize input) {
            return new AtssAssigner(topK, scale == null ? USUAL : scale, minIou, true);
        }
    }

    /**
     * Ren et al., Faster R-CNN, arXiv 1506.01497.
     *
     * @param foreground priors with at least this IoU are positive, in [0, 1]
     * @param background priors with less are background, in [0, foreground]; what lies between is ignored
     * @param lowQuality whether an object's best priors are positive whatever their IoU
     */
    record MaxIou(double foreground, double background, boolean lowQuality) implements AssignerConfig {
        @Override
        public String kind() {
            return "max_iou";
        }

        @Override
        public Assigner assigner(InputSize input) {
            return new MaxIouAssigner(foreground, background, lowQuality);
        }
    }

    /**
     * Tian et al., FCOS, arXiv 1904.01355.
     *
     * @param radius half the side of the square around an object's centre, in strides
     * @param reach from how many strides on a level learns objects, by the distance to their farthest side, up to twice as
     *     many; the finest level has no least, the coarsest no most
     */
    record CentreSampling(double radius, double reach) implements AssignerConfig {
        @Override
        public String kind() {
            return "centre_sampling";
        }

        @Override
        public Assigner assigner(InputSize input) {
            return new CentreSamplingAssigner(radius, reach, 2 * reach);
        }
    }

    /**
     * Ge et al., YOLOX, arXiv 2107.08430.
     *
     * @param radius half the side of the square around an object's centre, in strides: 1.5 as YOLOX, 2.5 as mmdetection
     * @param region where candidates lie: in the square as for YOLOX, or in the object's box too as for mmdetection
     * @param candidates how many IoUs are summed up to the number of an object's points
     * @param iouWeight of the IoU in the cost
     */
    record SimOta(double radius, SimOtaAssigner.Region region, int candidates, double iouWeight)
            implements AssignerConfig {
        @Override
        public String kind() {
            return "sim_ota";
        }

        @Override
        public Assigner assigner(InputSize input) {
            return new SimOtaAssigner(
                    radius,
                    region,
                    candidates,
                    iouWeight,
                    SimOtaAssigner.yolox().classification());
        }
    }

    /**
     * One query for each object, at the least cost: Carion et al., DETR, arXiv 2005.12872.
     *
     * @param classification a pointwise loss: its value at target 1 less that at target 0
     * @param distance weight of the distance of centres and sizes as shares of the image
     * @param box a box loss
     */
    record Hungarian(LossCost classification, double distance, LossCost box) implements AssignerConfig {
        /** As RT-DETR. */
        static final Hungarian RT_DETR = new Hungarian(
                new LossCost("focal", Map.of("alpha", 0.25, "gamma", 2.0), 2), 5, new LossCost("giou", Map.of(), 2));

        @Override
        public String kind() {
            return "hungarian";
        }

        @Override
        public Assigner assigner(InputSize input) {
            return new HungarianAssigner(List.of(
                    classification.cost(), new DistanceCost(distance, input.width(), input.height()), box.cost()));
        }
    }

    /** The model itself has settled which row learns which object, as denoising does. */
    record Given() implements AssignerConfig {
        @Override
        public String kind() {
            return "given";
        }

        @Override
        public Assigner assigner(InputSize input) {
            throw new IllegalStateException("what is given needs no assigner");
        }
    }

    /**
     * A loss as a cost.
     *
     * @param loss a name of the catalogue, or the path of a {@code .loss} file
     * @param set values of its parameters that differ from the defaults
     * @param weight of the cost beside others, above 0
     */
    record LossCost(String loss, Map<String, Double> set, double weight) {
        /** Orders the parameters. */
        public LossCost {
            set = new TreeMap<>(set);
        }

        Cost cost() {
            LossComponent component =
                    new LossComponent(loss, set, weight, LossComponent.Target.AUTO, LossComponent.Division.AUTO);
            return Cost.of(Component.resolve(component), weight);
        }
    }
}
