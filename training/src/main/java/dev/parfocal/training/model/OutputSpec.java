package dev.parfocal.training.model;

import java.util.Map;

/**
 * What can be learnt at an output.
 *
 * @param name of the output
 * @param slots by name: places at which a loss can stand
 * @param bins of a side's distribution; 1 where boxes are plain numbers
 */
public record OutputSpec(String name, Map<String, Slot> slots, int bins) {

    /** What a loss in a slot reads. */
    public enum Slot {
        /** The logits of every row: a pointwise loss, or a row loss where one class is the background. */
        CLASSES,
        /** The boxes of positive rows: a box loss on corners, or a pointwise loss on coordinates. */
        BOXES,
        /** The distributions of the sides of positive rows: a row loss. */
        BINS,
        /** A branch of the slot's name, on positive rows: a pointwise loss. */
        BRANCH
    }
}
