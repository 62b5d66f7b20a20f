package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.kernel.Frame;

/** Sets a kernel's arguments: the parameters of a call, and last the scale of the gradient. */
final class Arguments {

    private Arguments() {}

    static void set(Frame frame, Formula formula, Options options, float scale) {
        set(frame, formula, options);
        frame.argument(formula.arguments().size() - 1, scale);
    }

    /** Sets the parameters alone. */
    static void set(Frame frame, Formula formula, Options options) {
        for (int i = 0; i < formula.arguments().size(); i++) {
            Double value = options.arguments().get(formula.arguments().get(i).name());
            frame.argument(i, value == null ? Float.NaN : value.floatValue());
        }
    }
}
