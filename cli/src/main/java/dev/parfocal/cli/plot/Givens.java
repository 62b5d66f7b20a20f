package dev.parfocal.cli.plot;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Values for the given inputs of a loss: numbers, and rows of one bump.
 *
 * @param title them in words: {@code target = 1}
 */
record Givens(String title, double[] numbers) {

    /**
     * Every combination of the values that the user asks for. Inputs that the user does not speak of take one default
     * after the other, all of them together.
     */
    static List<Givens> combinations(Loss loss, Map<String, List<Double>> at, List<ToDoubleFunction<Input>> defaults) {
        List<Input> inputs = loss.declaredGiven();
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
        return combinations.stream().map(places -> of(loss, places)).toList();
    }

    /** Logits of a discrete normal distribution of standard deviation 1 around a position in a row. */
    static double[] bump(int length, double position) {
        return IntStream.range(0, length)
                .mapToDouble(bin -> -0.5 * (bin - position) * (bin - position))
                .toArray();
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

    /** A number for each input; of a row the position of a bump. */
    private static Givens of(Loss loss, List<Double> places) {
        List<String> words = new ArrayList<>();
        DoubleStream.Builder numbers = DoubleStream.builder();
        for (int i = 0; i < places.size(); i++) {
            Input input = loss.declaredGiven().get(i);
            double place = places.get(i);
            if (!input.accepts(place)) {
                throw new ParfocalException(loss.name() + ": " + input.name() + " = " + Numbers.shown(place)
                        + " is outside " + input.range());
            }
            if (input.isRow()) {
                words.add(input.name() + " around " + Numbers.shown(place));
                Arrays.stream(bump(input.length(), place)).forEach(numbers);
            } else {
                words.add(input.name() + " = " + Numbers.shown(place));
                numbers.add(place);
            }
        }
        return new Givens(String.join(", ", words), numbers.build().toArray());
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
