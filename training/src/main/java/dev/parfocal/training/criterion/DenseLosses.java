package dev.parfocal.training.criterion;

import dev.parfocal.training.model.OutputSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The losses of a single-stage detector with one output, called {@code dense}.
 *
 * @param classification pointwise loss on class × quality logits
 * @param box loss on decoded boxes, in strides
 * @param distribution row loss on the sides' distributions; absent: none. It needs {@code model.regMax}
 * @param successor a second loss on the same logits as {@code classification}, which a curriculum can hand over to;
 *     absent: none
 * @param gain factor on {@code classification}, and on {@code successor}
 */
public record DenseLosses(
        LossComponent classification,
        LossComponent box,
        @Nullable LossComponent distribution,
        @Nullable LossComponent successor,
        GainConfig gain) {
    /** Varifocal, GIoU and distribution focal loss, weighted as VarifocalNet and GFL do. */
    public static final DenseLosses DEFAULT = new DenseLosses(
            LossComponent.of("varifocal", 1), LossComponent.of("giou", 2), LossComponent.of("distribution_focal", 0.5));

    /** Without a successor. */
    public DenseLosses(LossComponent classification, LossComponent box, @Nullable LossComponent distribution) {
        this(classification, box, distribution, null, GainConfig.DEFAULT);
    }

    /** What teaches the only output of a model. */
    public Map<String, Supervision> supervision(AssignerConfig assigner) {
        return Map.of(OutputSpec.ONLY, new Supervision(assigner, null, slots()));
    }

    /** Its losses by slot. */
    Map<String, LossComponent> slots() {
        Map<String, LossComponent> slots = new LinkedHashMap<>();
        slots.put("classification", classification);
        if (successor != null) {
            slots.put("successor", successor);
        }
        slots.put("box", box);
        if (distribution != null) {
            slots.put("distribution", distribution);
        }
        return slots;
    }

    /** The same with another gain. */
    public DenseLosses withGain(GainConfig other) {
        return new DenseLosses(classification, box, distribution, successor, other);
    }
}
