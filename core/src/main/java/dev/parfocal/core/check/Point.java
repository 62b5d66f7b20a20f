package dev.parfocal.core.check;

import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A point that a loss is evaluated at. All numbers are floats, so that every executor sees the same ones.
 *
 * @param predicted one number for each predicted input, or the logits of a row
 * @param given one number for each given input
 */
record Point(double[] predicted, double[] given) {

    /** How reports name the point: {@code logit = 3, target = 1 with gamma = 0}. */
    String of(Loss loss) {
        List<String> parts = new ArrayList<>();
        boolean row = loss.predicted().get(0).isRow();
        for (int i = 0; i < predicted.length; i++) {
            String name = row
                    ? loss.predicted().get(0).name() + i
                    : loss.predicted().get(i).name();
            parts.add(name + " = " + shown(predicted[i]));
        }
        if (row && parts.size() > 6) {
            parts.subList(5, parts.size()).clear();
            parts.add("…");
        }
        int at = 0;
        for (Input input : loss.declaredGiven()) {
            double[] numbers = Arrays.copyOfRange(given, at, at + Math.max(1, input.length()));
            String first =
                    Arrays.stream(numbers).limit(4).mapToObj(Point::shown).collect(Collectors.joining(", "));
            String bracketed = "[" + first + (numbers.length > 4 ? ", …]" : "]");
            parts.add(input.name() + " = " + (input.isRow() ? bracketed : first));
            at += numbers.length;
        }
        String settings = Settings.changed(loss);
        return String.join(", ", parts) + (settings.isEmpty() ? "" : " with " + settings);
    }

    private static String shown(double number) {
        String exact = Numbers.shown(number);
        return exact.length() <= 9 ? exact : Float.toString((float) number).replace('E', 'e');
    }
}
