package dev.parfocal.training.criterion;

import dev.parfocal.core.loss.Loss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Something that a model is trained to do: one or several losses on its outputs. */
public interface Task {

    /** The name of finding objects: of classes and boxes. */
    String DETECTION = "detection";

    /** What it is called; tasks of one name are balanced as one. */
    String name();

    /** Its losses with their parameters set, by the names of its components. */
    default Map<String, Loss> losses() {
        Map<String, Loss> losses = new LinkedHashMap<>();
        components().forEach(component -> losses.put(component.name(), component.loss()));
        return losses;
    }

    /** What evaluates its losses, which keep numbers between batches. */
    List<Component> components();

    /**
     * Evaluates its losses on a batch and writes their gradients.
     *
     * @return what the model's outputs receive; valid until the next call
     */
    List<Contribution> evaluate(MatchedBatch batch);
}
