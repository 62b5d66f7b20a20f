package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.model.OutputSpec.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The losses of one output, and what matches it with the objects.
 *
 * @param name of the output
 * @param classifications names of the components on its logits
 * @param tasks all its losses
 */
record OutputLosses(String name, OutputMatcher matcher, List<String> classifications, List<Task> tasks) {

    /**
     * Of the losses in an output's slots.
     *
     * @param bins of a coordinate of the output's code
     * @throws ParfocalException if a loss is unknown, of the wrong kind, or does not go with the output
     */
    static OutputLosses of(Slots slots, AssignerConfig assigner, int bins) {
        List<Classification> classifications = new ArrayList<>();
        for (Map.Entry<String, LossComponent> slot : slots.of(Slot.CLASSES).entrySet()) {
            classifications.add(new Classification(slots, slot.getKey(), slot.getValue()));
        }
        if (classifications.isEmpty()) {
            throw new ParfocalException(slots.path() + " has no loss on classes");
        }
        BoxLosses boxes = new BoxLosses(slots, bins);
        @Nullable Classification successor = classifications.size() > 1 ? classifications.get(1) : null;
        List<Task> tasks = new ArrayList<>(classifications);
        tasks.add(boxes);
        return new OutputLosses(
                slots.output(),
                new OutputMatcher(classifications.get(0), successor, boxes, assigner.assigner()),
                classifications.stream().map(Classification::component).toList(),
                List.copyOf(tasks));
    }
}
