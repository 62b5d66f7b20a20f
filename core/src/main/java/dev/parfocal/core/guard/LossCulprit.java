package dev.parfocal.core.guard;

import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Element;
import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.MovingAverage;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The first element of a batch whose value or gradient is not finite, and why.
 *
 * @param loss name of the loss
 * @param element number of the element in the batch
 * @param anchor its anchor, row or box
 * @param anchors how many of them the batch has; 0 if the anchor is one of a larger batch that it was gathered from
 * @param classOf its class; 0 for rows and boxes, unless they were gathered: then what {@link #gatheredFrom} was told
 * @param predicted the numbers predicted there, such as {@code logit = NaN}
 * @param given the numbers given there, such as {@code target = 1}
 * @param value the element's value, before the normaliser
 * @param gradient the first number of its gradient that is not finite, else the first
 * @param cause what made it so: the prediction itself, a sub-expression of the loss's text, or the range of floats
 * @param count how many elements of the batch are like this
 */
public record LossCulprit(
        String loss,
        int element,
        int anchor,
        int anchors,
        int classOf,
        String predicted,
        String given,
        float value,
        float gradient,
        String cause,
        int count) {

    /** Longer rows of logits are cut short in words. */
    private static final int SHOWN = 6;

    /**
     * Evaluates a batch again, element by element, and explains the first that is not finite.
     *
     * @param batch as the loss was evaluated on
     * @param options likewise; a moving average is left as it is
     * @return empty if every element is finite; then the sum of them is not
     */
    public static Optional<LossCulprit> find(LossFunction function, Batch batch, Options options) {
        int elements = batch.elements();
        if (elements == 0) {
            return Optional.empty();
        }
        float[] values = new float[elements];
        float[] gradient = new float[batch.predicted().length()];
        Options plain =
                options.normalizer() instanceof MovingAverage ? options.withNormalizer(Normalizer.none()) : options;
        function.evaluate(batch, plain.withValues(Floats.of(values)), Floats.of(gradient));
        int width = gradient.length / elements;
        int first = -1;
        int count = 0;
        for (int e = 0; e < elements; e++) {
            if (!Float.isFinite(values[e]) || !Float.isFinite(worst(gradient, e * width, width))) {
                first = first < 0 ? e : first;
                count++;
            }
        }
        return first < 0
                ? Optional.empty()
                : Optional.of(of(
                        function.loss(),
                        batch,
                        options,
                        first,
                        values[first],
                        worst(gradient, first * width, width),
                        count));
    }

    private static float worst(float[] gradient, int from, int width) {
        for (int i = from; i < from + width; i++) {
            if (!Float.isFinite(gradient[i])) {
                return gradient[i];
            }
        }
        return gradient[from];
    }

    private static LossCulprit of(
            Loss loss, Batch batch, Options options, int number, float value, float gradient, int count) {
        Element element = Element.of(loss, batch, number);
        return new LossCulprit(
                loss.name(),
                number,
                element.anchor(),
                batch.anchors(),
                element.classOf(),
                predicted(loss, element.predicted()),
                given(loss, element.given()),
                value,
                gradient,
                Cause.of(loss, element, options),
                count);
    }

    private static String predicted(Loss loss, float[] values) {
        Input row = loss.predicted().get(0);
        return row.isRow() ? row(row.name(), values) : numbers(loss.predicted(), values);
    }

    private static String given(Loss loss, float[] values) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        for (Input input : loss.declaredGiven()) {
            float[] own = Arrays.copyOfRange(values, at, at + Math.max(1, input.length()));
            parts.add(input.isRow() ? row(input.name(), own) : numbers(List.of(input), own));
            at += own.length;
        }
        return String.join(", ", parts);
    }

    private static String row(String name, float[] values) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < Math.min(SHOWN, values.length); i++) {
            parts.add(NonFinite.shown(values[i]));
        }
        return name + " = [" + String.join(", ", parts) + (values.length > SHOWN ? ", …]" : "]");
    }

    private static String numbers(List<Input> inputs, float[] values) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            parts.add(inputs.get(i).name() + " = " + NonFinite.shown(values[i]));
        }
        return String.join(", ", parts);
    }

    /**
     * The same at the anchor of a larger batch that it was gathered from.
     *
     * @param learnt the class that this anchor is to learn; negative: none
     */
    public LossCulprit gatheredFrom(int other, int learnt) {
        return new LossCulprit(loss, element, other, 0, learnt, predicted, given, value, gradient, cause, count);
    }

    /** Numbers and cause: {@code logit = -1.5, target = 0: value NaN, gradient NaN; log(logit) is NaN there}. */
    public String words() {
        return predicted + (given.isEmpty() ? "" : ", " + given) + ": value " + NonFinite.shown(value) + ", gradient "
                + NonFinite.shown(gradient) + "; " + cause;
    }
}
