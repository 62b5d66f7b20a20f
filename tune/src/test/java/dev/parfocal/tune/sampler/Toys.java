package dev.parfocal.tune.sampler;

import dev.parfocal.tune.space.Choice;
import dev.parfocal.tune.space.Condition;
import dev.parfocal.tune.space.Point;
import dev.parfocal.tune.space.Real;
import dev.parfocal.tune.space.Scale;
import dev.parfocal.tune.space.Space;
import dev.parfocal.tune.space.Variable;
import dev.parfocal.tune.space.Whole;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Functions to find the minimum of; optuna_curves.py has the same. */
enum Toys {
    BRANIN(
            "branin",
            new Space(List.of(
                    new Variable("x", new Real(-5, 10, Scale.LINEAR)),
                    new Variable("y", new Real(0, 15, Scale.LINEAR)))),
            60,
            0.397887,
            Toys::branin),
    HARTMANN6(
            "hartmann6",
            new Space(IntStream.range(0, 6)
                    .mapToObj(i -> new Variable("x" + i, new Real(0, 1, Scale.LINEAR)))
                    .toList()),
            100,
            -3.32237,
            Toys::hartmann6),
    /** A choice of optimizers with a setting of its own for two of them, a rate on a log scale, a whole number. */
    MIXED(
            "mixed",
            new Space(List.of(
                    new Variable("optimizer", new Choice(List.of("sgd", "adam", "rmsprop"))),
                    new Variable("rate", new Real(1e-5, 1, Scale.LOG)),
                    new Variable("layers", new Whole(1, 8, Scale.LINEAR)),
                    new Variable(
                            "momentum", new Real(0, 0.99, Scale.LINEAR), new Condition("optimizer", List.of("sgd"))),
                    new Variable(
                            "beta", new Real(0.8, 0.999, Scale.LINEAR), new Condition("optimizer", List.of("adam"))))),
            100,
            0,
            Toys::mixed);

    private static final double[] ALPHA = {1, 1.2, 3, 3.2};
    private static final double[][] A = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] P = {
        {1312, 1696, 5569, 124, 8283, 5886},
        {2329, 4135, 8307, 3736, 1004, 9991},
        {2348, 1451, 3522, 2883, 3047, 6650},
        {4047, 8828, 8732, 5743, 1091, 381}
    };

    final String title;
    final Space space;
    final int trials;
    final double minimum;
    final ToDoubleFunction<Point> function;

    Toys(String title, Space space, int trials, double minimum, ToDoubleFunction<Point> function) {
        this.title = title;
        this.space = space;
        this.trials = trials;
        this.minimum = minimum;
        this.function = function;
    }

    private static double branin(Point point) {
        double x = point.value("x");
        double b = 5.1 / (4 * Math.PI * Math.PI);
        double root = point.value("y") - b * x * x + 5 / Math.PI * x - 6;
        return root * root + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    }

    private static double hartmann6(Point point) {
        double sum = 0;
        for (int i = 0; i < ALPHA.length; i++) {
            double exponent = 0;
            for (int j = 0; j < 6; j++) {
                double difference = point.value("x" + j) - P[i][j] * 1e-4;
                exponent += A[i][j] * difference * difference;
            }
            sum -= ALPHA[i] * Math.exp(-exponent);
        }
        return sum;
    }

    private static double mixed(Point point) {
        double rate = Math.log10(point.value("rate"));
        double layers = (point.value("layers") - 5) / 2;
        double value = 0.3 * layers * layers;
        return value
                + switch ((int) point.value("optimizer")) {
                    case 0 -> square(rate + 1) + 4 * square(point.value("momentum") - 0.9) + 0.1;
                    case 1 -> square(rate + 3) + square(10 * (point.value("beta") - 0.95));
                    default -> square(rate + 4) + 0.5;
                };
    }

    private static double square(double x) {
        return x * x;
    }
}
