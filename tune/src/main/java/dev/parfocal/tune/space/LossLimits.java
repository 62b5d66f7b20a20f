package dev.parfocal.tune.space;

import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The search space of a loss: its text says which parameters it has, and in which ranges they are legal. */
public final class LossLimits {

    private LossLimits() {}

    /** The limits of every parameter, in the order of the loss's text. */
    public static Map<String, Limits> of(Loss loss) {
        Map<String, Limits> limits = new LinkedHashMap<>();
        for (Parameter parameter : loss.parameters()) {
            limits.put(parameter.name(), Limits.within(parameter.min(), parameter.max(), parameter.integer()));
        }
        return limits;
    }
}
