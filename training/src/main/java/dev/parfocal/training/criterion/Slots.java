package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.training.model.OutputSpec;
import dev.parfocal.training.model.OutputSpec.Slot;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The losses that stand in an output's slots.
 *
 * @param spec what can be learnt at the output
 * @param losses by slot
 * @param path of the losses in the configuration, without a dot at its end
 * @param prefix of the names of components: empty where the model has one output
 */
record Slots(OutputSpec spec, Map<String, LossComponent> losses, String path, String prefix) {

    Slots {
        losses.keySet().forEach(slot -> {
            if (!spec.slots().containsKey(slot)) {
                throw new ParfocalException(path + "." + slot + " cannot be learnt: the output " + spec.name() + " has "
                        + String.join(", ", spec.slots().keySet()));
            }
        });
    }

    /** The output's name. */
    String output() {
        return spec.name();
    }

    /** What the loss in a slot reads. */
    Slot slot(String name) {
        return spec.slot(name);
    }

    /**
     * The loss in a slot with its parameters set.
     *
     * @throws ParfocalException if there is no such loss, or the slot takes other kinds
     */
    Loss resolve(String slot, LossComponent config) {
        return Component.resolve(key(slot), config, spec.kinds(slot));
    }

    /** The name of a slot's component. */
    String component(String slot) {
        return prefix + slot;
    }

    /** The key of a slot in the configuration. */
    String key(String slot) {
        return path + "." + slot;
    }

    /** The losses in slots of some kinds, in the configuration's order. */
    Map<String, LossComponent> of(Slot... kinds) {
        Map<String, LossComponent> own = new LinkedHashMap<>();
        losses.forEach((name, loss) -> {
            if (Arrays.asList(kinds).contains(slot(name))) {
                own.put(name, loss);
            }
        });
        return own;
    }
}
