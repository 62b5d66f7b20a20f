package dev.parfocal.detection.match;

import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.data.Annotation;
import java.util.List;

/**
 * What it costs to match a prediction with an object. Implementations are safe to share between threads. A term that all
 * predictions share for an object changes no matching, and may be left out.
 */
public interface Cost {

    /**
     * Adds the cost of every pair.
     *
     * @param now the predictions of one image
     * @param objects that can be learnt
     * @param into {@code [objects, predictions]}
     */
    void add(Predictions now, List<Annotation> objects, double[][] into);

    /**
     * The cost that a loss states: of a pointwise loss of a logit L(x; 1) - L(x; 0), x the logit of the object's class: what
     * learning the object there costs more than background; of a box loss its value for the predicted box and the object's,
     * in pixels.
     *
     * @param weight of this cost beside others; above 0
     * @throws dev.parfocal.core.ParfocalException if the loss is of another kind
     */
    static Cost of(Loss loss, double weight) {
        return loss.kind() == Kind.BOX ? new BoxCost(loss, weight) : new ClassCost(loss, weight);
    }
}
