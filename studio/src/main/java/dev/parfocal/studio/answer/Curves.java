package dev.parfocal.studio.answer;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.check.Answer;
import dev.parfocal.core.check.Oracle;
import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Value and gradient of pointwise losses over the logit, in double. */
public final class Curves {

    private static final int MOST_POINTS = 2_000;
    static final int MOST_LOSSES = 8;

    private Curves() {}

    /**
     * What the page asks for.
     *
     * @param losses a curve for each
     * @param from the smallest logit
     * @param to the largest
     * @param points how many
     * @param target what every given input is, held inside its range
     */
    public record Request(List<Choice> losses, double from, double to, int points, double target) {}

    /**
     * One loss's curves.
     *
     * @param name the loss's name
     * @param values of the loss at the logits
     * @param gradients the same of its derivative
     */
    public record Curve(String name, double[] values, double[] gradients) {}

    /** The curves at evenly spaced logits. */
    public static List<Curve> of(Request request) {
        if (request.losses().size() > MOST_LOSSES || request.points() < 2 || request.points() > MOST_POINTS) {
            throw new ParfocalException(
                    "the studio draws " + MOST_LOSSES + " curves of " + MOST_POINTS + " points at most");
        }
        if (!(request.from() < request.to()) || Math.max(Math.abs(request.from()), Math.abs(request.to())) > 1e6) {
            throw new ParfocalException("the logits go from a lower to a higher number, at most a million");
        }
        List<Curve> curves = new ArrayList<>();
        request.losses().forEach(choice -> curves.add(curve(pointwise(choice.loss()), request)));
        return curves;
    }

    /** Refuses a loss of another kind. */
    static Loss pointwise(Loss loss) {
        if (loss.kind() != Kind.POINTWISE) {
            throw new ParfocalException(loss.name() + " is no loss of one logit");
        }
        return loss;
    }

    private static Curve curve(Loss loss, Request request) {
        Oracle oracle = new Oracle(loss.program());
        double[] given = given(loss, request.target());
        double[] values = new double[request.points()];
        double[] gradients = new double[request.points()];
        for (int i = 0; i < values.length; i++) {
            double logit = request.from() + (request.to() - request.from()) * i / (values.length - 1);
            Answer answer = oracle.at(new double[] {logit}, given);
            values[i] = answer.value();
            gradients[i] = answer.gradient()[0];
        }
        return new Curve(loss.name(), values, gradients);
    }

    /** What each given input is for a target: the number nearest to it that is legal; a row has one bump there. */
    static double[] given(Loss loss, double target) {
        return loss.declaredGiven().stream()
                .flatMapToDouble(
                        input -> input.isRow() ? bump(input.length(), target) : DoubleStream.of(held(input, target)))
                .toArray();
    }

    /** Logits of a discrete normal distribution of standard deviation 1. */
    private static DoubleStream bump(int length, double position) {
        return IntStream.range(0, length).mapToDouble(bin -> -0.5 * (bin - position) * (bin - position));
    }

    static double held(Input input, double number) {
        double whole = input.integer() ? Math.rint(number) : number;
        return Math.max(input.min(), Math.min(input.max(), whole));
    }
}
