package dev.parfocal.cli.plot;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Values for the given inputs of a loss.
 *
 * @param title them in words: {@code target = 1}
 */
record Givens(String title, double[] numbers) {

    /**
     * Every combination of the values that the user asks for. Inputs that the user does not speak of take one default
     * after the other, all of them together.
     */
    static List<Givens> combinations(Loss loss, Map<String, List<Double>> at, List<ToDoubleFunction<Input>> defaults) {
        List<Input> inputs = loss.given();
        List<List<Double>> combinations = new ArrayList<>();
        boolean allChosen =
                at.keySet().containsAll(inputs.stream().map(Input::name).toList());
        for (ToDoubleFunction<Input> choice : allChosen ? defaults.subList(0, 1) : defaults) {
            List<List<Double>> some = List.of(List.of());
            for (Input input : inputs) {
                some = extend(some, at.getOrDefault(input.name(), List.of(choice.applyAsDouble(input))));
            }
            combinations.addAll(some);
        }
        return combinations.stream().map(numbers -> of(loss, numbers)).toList();
    }

    private static List<List<Double>> extend(List<List<Double>> before, List<Double> values) {
        List<List<Double>> after = new ArrayList<>();
        for (List<Double> each : before) {
            for (double value : values) {
                List<Double> longer = new ArrayList<>(each);
                longer.add(value);
                after.add(longer);
            }
        }
        return after;
    }

    private static Givens of(Loss loss, List<Double> numbers) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            Input input = loss.given().get(i);
            if (!input.accepts(numbers.get(i))) {
                throw new ParfocalException(loss.name() + ": " + input.name() + " = " + Numbers.shown(numbers.get(i))
                        + " is outside " + input.range());
            }
            words.add(input.name() + " = " + Numbers.shown(numbers.get(i)));
        }
        return new Givens(
                String.join(", ", words),
                numbers.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The upper end of an input's range, 1 if it has none. */
    static double high(Input input) {
        return Double.isInfinite(input.max()) ? Math.max(1, input.min()) : input.max();
    }

    /** The lower end of an input's range, 0 if it has none. */
    static double low(Input input) {
        return Double.isInfinite(input.min()) ? Math.min(0, input.max()) : input.min();
    }
}
