package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.OutputSpec;
import dev.parfocal.training.model.OutputSpec.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The losses of one output, and what matches it with the objects. */
final class OutputLosses {
    /** The average number of positives before the first batch. */
    private static final double AVERAGE = 100;

    private final OutputMatcher matcher;
    private final List<String> classifications;
    private final List<Task> tasks = new ArrayList<>();
    private double average = AVERAGE;

    /**
     * Of the losses in an output's slots.
     *
     * @param input of the model
     * @param classCount of the data
     * @throws ParfocalException if a loss is unknown, of the wrong kind, or does not go with the output
     */
    OutputLosses(Slots slots, Supervision supervision, InputSize input, int classCount) {
        OutputSpec spec = slots.spec();
        supervision.assigner().requireSuits(spec, input, slots.path() + ".assigner");
        List<ClassLoss> classes = new ArrayList<>();
        slots.of(Slot.CLASSES, Slot.CLASSES_OF_OBJECTS)
                .forEach((slot, config) -> classes.add(classLoss(slots, slot, config, classCount)));
        if (classes.isEmpty()) {
            throw new ParfocalException(slots.path() + " has no loss on classes");
        }
        BoxLosses boxes = new BoxLosses(slots, spec.bins());
        matcher = new OutputMatcher(
                spec,
                classes.get(0),
                classes.size() > 1 ? classes.get(1) : null,
                boxes,
                supervision.assigner(),
                supervision.sampler(),
                input);
        classifications = classes.stream().map(ClassLoss::component).toList();
        tasks.addAll(classes);
        slots.of(Slot.OBJECTNESS)
                .forEach((slot, config) -> tasks.add(new Classification(slots, slot, config, classCount)));
        for (Map.Entry<String, LossComponent> slot : slots.of(Slot.BRANCH).entrySet()) {
            tasks.add(branch(slots, slot.getKey(), slot.getValue()));
        }
        tasks.add(boxes);
    }

    private static ClassLoss classLoss(Slots slots, String slot, LossComponent config, int classCount) {
        return slots.resolve(slot, config).kind() == Kind.ROW
                ? new RowClassification(slots, slot, config, classCount + 1)
                : new Classification(slots, slot, config, classCount);
    }

    private static Task branch(Slots slots, String slot, LossComponent config) {
        Component component = Component.ofNumbers(slots.component(slot), slots.key(slot), config);
        return new BranchLoss(Optional.of(slots.output()), slot, component, config.target());
    }

    /** The output's name. */
    String name() {
        return matcher.spec().name();
    }

    /** Whether the model settles what it learns; then it may be missing from a batch. */
    boolean isSettled() {
        return matcher.spec().settled();
    }

    OutputMatcher matcher() {
        return matcher;
    }

    /** Names of the components on its logits. */
    List<String> classifications() {
        return classifications;
    }

    /** All its losses. */
    List<Task> tasks() {
        return tasks;
    }

    /** The average number of positives of the batches so far. */
    double average() {
        return average;
    }

    /** Moves the average on, or back to that of a checkpoint. */
    void average(double now) {
        average = now;
    }
}
