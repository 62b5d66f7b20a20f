package dev.parfocal.cli.plot;

import dev.parfocal.cli.plot.Slice.Way;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The slices that show a loss best, by its kind. */
final class Slices {

    private static final double LOGITS = 6;

    private final Loss loss;
    private final Map<String, List<Double>> at;

    private Slices(Loss loss, Map<String, List<Double>> at) {
        this.loss = loss;
        this.at = at;
    }

    /**
     * The slices of a loss.
     *
     * @param at values of given inputs that the user asks for
     */
    static List<Slice> of(Loss loss, Map<String, List<Double>> at) {
        for (String name : at.keySet()) {
            if (loss.declaredGiven().stream().noneMatch(input -> input.name().equals(name))) {
                throw new ParfocalException(loss.name() + " is given no '" + name + "'; it is given "
                        + String.join(
                                ", ",
                                loss.declaredGiven().stream().map(Input::name).toList()));
            }
        }
        Slices slices = new Slices(loss, at);
        return switch (loss.kind()) {
            case POINTWISE -> slices.pointwise();
            case ROW -> loss.given().stream().anyMatch(Input::integer) ? slices.classes() : slices.positions();
            case BOX -> BoxSlices.of(loss);
        };
    }

    /** Over the logit, for a positive and a negative target. */
    private List<Slice> pointwise() {
        String logit = loss.predicted().get(0).name();
        return Givens.combinations(loss, at, List.of(Givens::high, Givens::low)).stream()
                .map(given -> new Slice(given.title(), logit, -LOGITS, LOGITS, alongLogit(1, 0), given.numbers()))
                .toList();
    }

    /** Over the logit of the labelled class, and over another's; the rest are 0. */
    private List<Slice> classes() {
        String row = loss.predicted().get(0).name();
        int length = loss.predicted().get(0).length();
        List<Slice> slices = new ArrayList<>();
        int place = loss.given().indexOf(loss.classInput().orElseThrow());
        for (Givens given : Givens.combinations(loss, at, List.of(Givens::low))) {
            int label = (int) given.numbers()[place];
            int other = label == 0 ? 1 : 0;
            String rest = ", the other logits 0";
            slices.add(new Slice(
                    given.title() + rest,
                    row + label + ", the label's own logit",
                    -LOGITS,
                    LOGITS,
                    alongLogit(length, label),
                    given.numbers()));
            slices.add(new Slice(
                    given.title() + rest,
                    row + other + ", another class's logit",
                    -LOGITS,
                    LOGITS,
                    alongLogit(length, other),
                    given.numbers()));
        }
        return slices;
    }

    /** Over the position of a bump of probability in the row, for targets, or a given bump, between bins and on a bin. */
    private List<Slice> positions() {
        int length = loss.predicted().get(0).length();
        return Givens.combinations(loss, at, List.of(input -> between(input, length), input -> onBin(input, length)))
                .stream()
                .map(given -> new Slice(
                        given.title(),
                        "position of the predicted bump, in bins",
                        0,
                        length - 1.0,
                        bump(length),
                        given.numbers()))
                .toList();
    }

    /** Two fifths along the row, between two bins for the usual 17. */
    private static double between(Input input, int length) {
        return inRange(input, Math.rint(4 * (length - 1.0)) / 10);
    }

    /** Three quarters along the row, on a bin. */
    private static double onBin(Input input, int length) {
        return inRange(input, Math.rint(0.75 * (length - 1)));
    }

    private static double inRange(Input input, double number) {
        return Math.max(input.min(), Math.min(input.max(), number));
    }

    private static Way alongLogit(int length, int index) {
        return new Way() {
            @Override
            public double[] at(double position) {
                double[] logits = new double[length];
                logits[index] = position;
                return logits;
            }

            @Override
            public double[] direction(double position) {
                return at(1);
            }
        };
    }

    /** Logits of a discrete normal distribution of standard deviation 1 around the position. */
    private static Way bump(int length) {
        return new Way() {
            @Override
            public double[] at(double position) {
                return Givens.bump(length, position);
            }

            @Override
            public double[] direction(double position) {
                return IntStream.range(0, length)
                        .mapToDouble(bin -> bin - position)
                        .toArray();
            }
        };
    }
}
