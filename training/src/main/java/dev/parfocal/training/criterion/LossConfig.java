package dev.parfocal.training.criterion;

import dev.parfocal.core.loss.Kind;
import dev.parfocal.training.classes.ClassCounts;
import dev.parfocal.training.classes.ClassWeights;
import dev.parfocal.training.model.ModelConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The losses of a detector.
 *
 * @param gain factor on the losses on classes
 * @param outputs what teaches each output, by its name or by a pattern of names such as {@code decoder*}
 */
public record LossConfig(GainConfig gain, Map<String, Supervision> outputs) {

    /** Varifocal, GIoU and distribution focal loss on the rows that a task-aligned assigner chooses. */
    public static final LossConfig DEFAULT =
            new LossConfig(GainConfig.DEFAULT, DenseLosses.DEFAULT.supervision(AssignerConfig.DEFAULT));

    /** Keeps the order. */
    public LossConfig {
        outputs = new LinkedHashMap<>(outputs);
    }

    /**
     * The same with a number for every class, in the order of the labels, wherever a loss has some.
     *
     * @param model whose outputs these are
     */
    public LossConfig settled(ModelConfig model, ClassCounts classes) {
        Map<String, Supervision> settled = new LinkedHashMap<>();
        outputs.forEach((name, supervision) -> {
            Map<String, LossComponent> losses = new LinkedHashMap<>();
            supervision
                    .losses()
                    .forEach((slot, loss) -> losses.put(slot, loss.settled(path(model, name, slot), classes)));
            settled.put(name, new Supervision(supervision.assigner(), supervision.sampler(), losses));
        });
        return new LossConfig(gain, settled);
    }

    private static String path(ModelConfig model, String key, String slot) {
        return SupervisedOutput.path(model.outputs(), key) + "." + slot;
    }

    /**
     * The weights of classes by name, by the loss's place in the configuration; of losses that weigh them.
     *
     * @param model whose outputs these are
     */
    public Map<String, Map<String, Double>> classWeights(ModelConfig model) {
        Map<String, Map<String, Double>> weights = new LinkedHashMap<>();
        outputs.forEach((name, supervision) -> supervision.losses().forEach((slot, loss) -> {
            ClassWeights own = loss.classWeights();
            if (own != null) {
                weights.put(path(model, name, slot), own.named());
            }
        }));
        return weights;
    }

    /**
     * What teaches the output that detections are made from.
     *
     * @param model whose last output that is
     */
    public Supervision result(ModelConfig model) {
        return last(model).supervision();
    }

    /** The name of a component of that output: {@code box}, or {@code roi.box} where the model has several outputs. */
    public String component(ModelConfig model, String slot) {
        return last(model).slots().component(slot);
    }

    private SupervisedOutput last(ModelConfig model) {
        List<SupervisedOutput> all = SupervisedOutput.of(outputs, model.outputs());
        return all.get(all.size() - 1);
    }

    /**
     * Where the loss on the classes of that output stands: its slot, and the same slot of every other output that has the same
     * loss, as {@code decoder*.classification}.
     */
    public List<String> classificationSlots(ModelConfig model) {
        return slots(model, Supervision.CLASSIFICATION);
    }

    /** The same of the loss on its boxes; none if it has no slot for them. */
    public List<String> boxSlots(ModelConfig model) {
        return slots(model, Supervision.BOX);
    }

    /**
     * The loss that stands in a slot; null: none.
     *
     * @param slot with its output or pattern, {@code decoder*.classification}
     */
    public @Nullable String source(String slot) {
        int dot = slot.lastIndexOf('.');
        Supervision output = outputs.get(slot.substring(0, Math.max(0, dot)));
        LossComponent own = output == null ? null : output.losses().get(slot.substring(dot + 1));
        return own == null ? null : own.loss();
    }

    private List<String> slots(ModelConfig model, String slot) {
        LossComponent own = result(model).losses().get(slot);
        return outputs.entrySet().stream()
                .filter(output -> isSame(own, output.getValue().losses().get(slot)))
                .map(output -> output.getKey() + "." + slot)
                .toList();
    }

    private static boolean isSame(@Nullable LossComponent one, @Nullable LossComponent other) {
        return one != null
                && other != null
                && one.loss().equals(other.loss())
                && one.set().equals(other.set());
    }

    /**
     * Whether the classes of that output exclude each other: whether a row loss, such as softmax cross-entropy, teaches them. A
     * pointwise loss asks for each class by itself; a column for the background is then left aside.
     */
    public boolean isExclusive(ModelConfig model) {
        return Component.resolve(result(model).classification()).kind() == Kind.ROW;
    }
}
