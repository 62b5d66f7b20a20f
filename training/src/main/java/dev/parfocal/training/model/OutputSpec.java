package dev.parfocal.training.model;

import dev.parfocal.core.loss.Kind;
import dev.parfocal.detection.assign.Priors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What can be learnt at an output, and how its numbers become scores.
 *
 * @param name of the output
 * @param priors what its boxes start from: decides which assigners can teach it
 * @param slots by name: places at which a loss can stand
 * @param bins of a side's distribution; 1 where boxes are plain numbers
 * @param columns what the columns of the logits are
 * @param scoring how scores are made
 * @param settled whether the model itself settles what its rows learn; then it is missing from batches without objects
 */
public record OutputSpec(
        String name,
        Priors.Kind priors,
        Map<String, Slot> slots,
        int bins,
        Columns columns,
        Scoring scoring,
        boolean settled) {

    /** What the output of a detector with a single one is called. */
    public static final String ONLY = "dense";

    /** An output with a logit for each class, whose scores are the classes' probabilities. */
    public OutputSpec(String name, Priors.Kind priors, Map<String, Slot> slots, int bins) {
        this(name, priors, slots, bins, Columns.CLASSES, Scoring.PLAIN, false);
    }

    /** The slots of most outputs: two losses on the classes, of which one may hand over to the other, and one on boxes. */
    public static Map<String, Slot> usualSlots() {
        Map<String, Slot> slots = new LinkedHashMap<>();
        slots.put("classification", Slot.CLASSES);
        slots.put("successor", Slot.CLASSES);
        slots.put("box", Slot.BOXES);
        return slots;
    }

    /** The same with a slot behind them. */
    public static Map<String, Slot> usualSlots(String name, Slot reads) {
        Map<String, Slot> slots = usualSlots();
        slots.put(name, reads);
        return slots;
    }

    /** What a loss in a slot reads. */
    public Slot slot(String slot) {
        Slot reads = slots.get(slot);
        if (reads == null) {
            throw new IllegalArgumentException("no slot " + slot);
        }
        return reads;
    }

    /** The kinds of loss that a slot takes. */
    public List<Kind> kinds(String slot) {
        Slot reads = slot(slot);
        return reads == Slot.CLASSES && columns == Columns.BACKGROUND_AND_CLASSES
                ? List.of(Kind.ROW, Kind.POINTWISE)
                : reads.kinds;
    }

    /** What a loss in a slot reads. */
    public enum Slot {
        /** The logits of every row: a pointwise loss, or a row loss where one column is the background. */
        CLASSES(Kind.POINTWISE),
        /** The logits of positive rows alone: a pointwise loss. Whether there is an object is learnt elsewhere. */
        CLASSES_OF_OBJECTS(Kind.POINTWISE),
        /** A branch of the slot's name, on every row: whether it owns an object. A pointwise loss. */
        OBJECTNESS(Kind.POINTWISE),
        /** The boxes of positive rows: a box loss on corners, or a pointwise loss on coordinates. */
        BOXES(Kind.BOX, Kind.POINTWISE),
        /** The distributions of the sides of positive rows: a row loss. */
        BINS(Kind.ROW),
        /** A branch of the slot's name, on positive rows: a pointwise loss. */
        BRANCH(Kind.POINTWISE);

        private final List<Kind> kinds;

        Slot(Kind... kinds) {
            this.kinds = List.of(kinds);
        }
    }

    /** What the columns of an output's logits are. */
    public enum Columns {
        /** The classes. */
        CLASSES,
        /** A single column: whether there is an object of any class. */
        OBJECT,
        /** The background, then the classes. */
        BACKGROUND_AND_CLASSES;

        /** The column of a class. */
        public int of(int label) {
            return switch (this) {
                case CLASSES -> label;
                case OBJECT -> 0;
                case BACKGROUND_AND_CLASSES -> label + 1;
            };
        }
    }
}
