package dev.parfocal.training.task;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.criterion.LossComponent;
import java.util.Map;
import java.util.TreeMap;

/**
 * A task on whole images and the loss that it is learnt by, divided as its recipe says.
 *
 * @param loss a name of the catalogue, or the path of a {@code .loss} file; pointwise, with one given input
 * @param set values of its parameters that differ from the defaults
 * @param weight its weight in the sum of losses, at least 0
 */
public record TaskLoss(String loss, Map<String, Double> set, double weight) {

    /** Presence by cross-entropy. */
    public static final TaskLoss PRESENCE = new TaskLoss("bce", Map.of(), 1);

    /** Counts by the Poisson distribution. */
    public static final TaskLoss COUNT = new TaskLoss("poisson", Map.of(), 0.5);

    /** Checks the range. */
    public TaskLoss {
        if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
            throw new ParfocalException("the weight of a task must be at least 0, but is " + weight);
        }
        set = new TreeMap<>(set);
    }

    LossComponent component() {
        return new LossComponent(loss, set, weight, LossComponent.Target.AUTO, LossComponent.Division.AUTO);
    }
}
