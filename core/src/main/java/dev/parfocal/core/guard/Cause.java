package dev.parfocal.core.guard;

import dev.parfocal.core.check.Answer;
import dev.parfocal.core.check.Culprit;
import dev.parfocal.core.check.Oracle;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Element;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Options;
import java.util.Map;

/** Says why a loss is not finite at an element, by evaluating it there in double. */
final class Cause {

    private Cause() {}

    /** A clause such as {@code log(logit) is NaN there}. */
    static String of(Loss loss, Element element, Options options) {
        for (int i = 0; i < element.predicted().length; i++) {
            if (!Float.isFinite(element.predicted()[i])) {
                return "the prediction itself is " + NonFinite.shown(element.predicted()[i]);
            }
        }
        Loss adjusted = adjusted(loss, element, options);
        double[] predicted = doubles(element.predicted());
        double[] given = smoothed(element.given(), loss.takesSmoothing() ? options.smoothing() : 0);
        Answer answer = new Oracle(adjusted.program()).at(predicted, given);
        if (answer.isFinite()) {
            return "in double it is finite, " + NonFinite.shown(answer.value())
                    + ": numbers on the way, or the element's weight, are beyond what float32 holds";
        }
        return Culprit.of(adjusted, predicted, given) + " there";
    }

    /** The loss with the parameters that hold for an element. */
    private static Loss adjusted(Loss loss, Element element, Options options) {
        Loss adjusted = loss.ofClass(element.classOf());
        if (options.smoothing() != 0 && loss.smoothingParameter().isPresent()) {
            adjusted = adjusted.with(loss.smoothingParameter().get(), options.smoothing());
        }
        for (Map.Entry<String, Double> argument : options.arguments().entrySet()) {
            adjusted = adjusted.with(argument.getKey(), argument.getValue());
        }
        for (Map.Entry<String, Floats> byClass : options.perClass().entrySet()) {
            adjusted = adjusted.with(byClass.getKey(), byClass.getValue().get(element.classOf()));
        }
        return adjusted;
    }

    private static double[] doubles(float[] numbers) {
        double[] wide = new double[numbers.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = numbers[i];
        }
        return wide;
    }

    private static double[] smoothed(float[] given, double smoothing) {
        double[] targets = doubles(given);
        for (int i = 0; i < targets.length; i++) {
            targets[i] = targets[i] * (1 - smoothing) + smoothing / 2;
        }
        return targets;
    }
}
