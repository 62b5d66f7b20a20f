package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Floats;
import java.util.stream.Stream;

/** Checks the values that a call gives to parameters. */
final class Parameters {

    private Parameters() {}

    static void check(Loss loss, String name, double value) {
        Parameter parameter = find(loss, name);
        if (!(value >= parameter.min() && value <= parameter.max())) {
            throw new ParfocalException("the parameter " + name + " of " + loss.name() + " must be in ["
                    + parameter.min() + ", " + parameter.max() + "], not " + value);
        }
    }

    static void check(Loss loss, String name, Floats byClass) {
        Parameter parameter = find(loss, name);
        parameter.checkPerClass(loss.name());
        for (int i = 0; i < byClass.length(); i++) {
            float value = byClass.get(i);
            if (!(value >= (float) parameter.min() && value <= (float) parameter.max())) {
                throw new ParfocalException("the parameter " + name + " of " + loss.name() + " must be in ["
                        + parameter.min() + ", " + parameter.max() + "], not " + value + " as for class " + i);
            }
        }
    }

    private static Parameter find(Loss loss, String name) {
        Stream<Parameter> states = loss.states().stream()
                .map(state -> new Parameter(
                        state.name(), state.initialValue(), state.min(), state.max(), false, false, state.meaning()));
        return Stream.concat(loss.parameters().stream(), states)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParfocalException("the loss " + loss.name() + " has no parameter " + name
                        + ", only "
                        + loss.parameters().stream().map(Parameter::name).toList()));
    }
}
