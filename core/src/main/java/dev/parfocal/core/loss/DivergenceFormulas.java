package dev.parfocal.core.loss;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.kernel.Formula;
import java.util.ArrayList;
import java.util.List;

/**
 * What a Kullback-Leibler divergence between rows takes, bin by bin. With p of the given and q of the predicted row it is the
 * sum of q - p - p * log(q / p), whose terms are never negative; near q = p a term is p times a series in log(q / p), so that
 * the divergence of two rows that are nearly the same is as exact as that of any others.
 */
final class DivergenceFormulas {

    /** The series of (exp(d) - 1 - d) / d^2 up to this many terms is as exact as floats for |d| up to the bound. */
    private static final int TERMS = 8;

    private static final double NEAR = 0.5;

    private final Graph graph = new Graph();
    private final Node bin = graph.parameter("bin");
    private final Node temperature = graph.parameter("temperature");

    /** A row's numbers at a bin, and what was found for the row. */
    private final class Side {
        final Node logit;
        final Node largest;
        final Node bestBin;
        final Node others;
        final Node logOfSum;
        final Node inverse;

        Side(String name) {
            logit = graph.input(name + " logit");
            largest = graph.input(name + " largest");
            bestBin = graph.input(name + " best bin");
            others = graph.input(name + " others");
            logOfSum = graph.input(name + " log of sum");
            inverse = graph.input(name + " inverse");
        }

        Node distance() {
            Node size = graph.apply(Op.ABS, graph.apply(Op.SUBTRACT, largest, logit));
            Node scaled = graph.apply(Op.DIVIDE, size, temperature);
            return graph.apply(Op.MIN, scaled, graph.constant(Float.MAX_VALUE));
        }

        Node exponential() {
            return graph.apply(Op.EXP, graph.apply(Op.NEGATE, distance()));
        }

        Node softmax() {
            return graph.apply(Op.MULTIPLY, exponential(), inverse);
        }

        Node isBest() {
            return graph.apply(Op.EQUAL, bestBin, bin);
        }

        List<Node> found() {
            return List.of(logit, largest, bestBin, others, logOfSum, inverse);
        }
    }

    /** (logit, largest, best bin; bin, temperature) to what the bin adds to the sum of those that are not the best. */
    Formula others() {
        Side row = new Side("row");
        Node other = graph.apply(Op.SELECT, row.isBest(), graph.constant(0), row.exponential());
        return new Formula(
                List.of(row.logit, row.largest, row.bestBin, row.others),
                List.of(bin, temperature),
                List.of(graph.apply(Op.ADD, row.others, other)));
    }

    /** (others) to (log1p(others), 1 / (1 + others)). */
    Formula finish() {
        Node others = graph.input("others");
        Node whole = graph.apply(Op.ADD, graph.constant(1), others);
        return new Formula(
                List.of(others),
                List.of(),
                List.of(graph.apply(Op.LOG1P, others), graph.apply(Op.DIVIDE, graph.constant(1), whole)));
    }

    /** (predicted side, given side, sum; bin, temperature) to (sum, derivative of the divergence by the predicted logit). */
    Formula term() {
        Side predicted = new Side("predicted");
        Side given = new Side("given");
        Node sum = graph.input("sum");
        Node p = given.softmax();
        Node apart = graph.apply(Op.SUBTRACT, given.distance(), predicted.distance());
        Node logOfSums = graph.apply(Op.SUBTRACT, predicted.logOfSum, given.logOfSum);
        Node log = graph.apply(Op.SUBTRACT, apart, logOfSums);
        Node difference = difference(predicted, given, p);
        Node far = graph.apply(Op.SUBTRACT, difference, graph.apply(Op.MULTIPLY, p, log));
        Node isNear = graph.apply(Op.LESS, graph.apply(Op.ABS, log), graph.constant(NEAR));
        Node term = graph.apply(Op.SELECT, isNear, graph.apply(Op.MULTIPLY, p, series(log)), far);
        List<Node> inputs = new ArrayList<>(predicted.found());
        inputs.addAll(given.found());
        inputs.add(sum);
        return new Formula(
                inputs,
                List.of(bin, temperature),
                List.of(graph.apply(Op.ADD, sum, term), graph.apply(Op.DIVIDE, difference, temperature)));
    }

    /** q - p: where both rows have their best bin, from what is left to the other bins. */
    private Node difference(Side predicted, Side given, Node p) {
        Node rest = graph.apply(Op.SUBTRACT, given.others, predicted.others);
        Node shares = graph.apply(Op.MULTIPLY, predicted.inverse, given.inverse);
        return graph.apply(
                Op.SELECT,
                graph.apply(Op.AND, predicted.isBest(), given.isBest()),
                graph.apply(Op.MULTIPLY, rest, shares),
                graph.apply(Op.SUBTRACT, predicted.softmax(), p));
    }

    /** exp(d) - 1 - d = d^2 / 2 + d^3 / 6 + … */
    private Node series(Node d) {
        Node sum = graph.constant(0);
        double factorial = 1;
        double[] coefficients = new double[TERMS];
        for (int k = 0; k < TERMS; k++) {
            factorial *= k + 2;
            coefficients[k] = 1 / factorial;
        }
        for (int k = TERMS - 1; k >= 0; k--) {
            sum = graph.apply(Op.ADD, graph.constant(coefficients[k]), graph.apply(Op.MULTIPLY, d, sum));
        }
        return graph.apply(Op.MULTIPLY, graph.apply(Op.MULTIPLY, d, d), sum);
    }

    /** (gradient, derivative of the divergence, gradient of the divergence) to the gradient. */
    Formula add() {
        Node gradient = graph.input("gradient");
        Node slope = graph.input("slope");
        Node pull = graph.input("pull");
        return new Formula(
                List.of(gradient, slope, pull),
                List.of(),
                List.of(graph.apply(Op.ADD, gradient, graph.apply(Op.MULTIPLY, pull, slope))));
    }
}
