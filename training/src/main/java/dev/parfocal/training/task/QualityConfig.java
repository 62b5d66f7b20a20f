package dev.parfocal.training.task;

import dev.parfocal.core.ParfocalException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A branch that says how good the box of a point is, learnt on the points that own an object. Jiang et al., IoU-Net, arXiv
 * 1807.11590; Tian et al., FCOS, arXiv 1904.01355. With quality focal loss it is a regression with focal modulation: a
 * quality that is estimated well already hardly counts.
 *
 * @param target what is learnt
 * @param loss a name of the catalogue, or the path of a {@code .loss} file; pointwise, with one given input
 * @param set values of its parameters that differ from the defaults
 * @param weight its weight in the sum of losses, at least 0
 * @param exponent of the quality that multiplies the class scores of detections, above 0; absent: they stay
 */
public record QualityConfig(
        Target target,
        String loss,
        Map<String, Double> set,
        double weight,
        @Nullable Double exponent) {

    /** The name of the model's output. */
    public static final String BRANCH = "quality";

    /** What the branch learns. */
    public enum Target {
        /** The IoU of the decoded box with its object, detached. */
        IOU,
        /** The geometric mean of how central the point lies in its object: FCOS, equation 3. */
        CENTERNESS
    }

    /** The IoU by quality focal loss; scores are multiplied with its square root. */
    public static final QualityConfig DEFAULT = new QualityConfig(Target.IOU, "quality_focal", Map.of(), 1, 0.5);

    /** Checks the ranges. */
    public QualityConfig {
        new TaskLoss(loss, set, weight);
        if (exponent != null && (!(exponent > 0) || exponent == Double.POSITIVE_INFINITY)) {
            throw new ParfocalException("tasks.quality.exponent must be above 0, but is " + exponent
                    + "; null: the quality does not count in scores");
        }
    }

    TaskLoss task() {
        return new TaskLoss(loss, set, weight);
    }
}
