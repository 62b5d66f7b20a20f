package dev.parfocal.core.language;

import dev.parfocal.core.graph.Op;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A function of the language.
 *
 * @param name as it is written
 * @param op the operation that it stands for
 * @param many whether it takes two or more arguments, from left to right
 * @param meaning for the documentation
 */
record Function(String name, Op op, boolean many, String meaning) {

    /** Every function, by name, in the order of the documentation. */
    static final Map<String, Function> ALL = table(
            one(Op.SIGMOID, "1 / (1 + exp(-x))"),
            one(Op.SOFTPLUS, "log(1 + exp(x))"),
            one(Op.LOG, "the natural logarithm"),
            one(Op.LOG1P, "log(1 + x)"),
            one(Op.EXP, "the exponential function"),
            one(Op.EXPM1, "exp(x) - 1"),
            one(Op.SQRT, "the square root"),
            one(Op.ABS, "the absolute value; its gradient at 0 is 0"),
            one(Op.SIGN, "-1, 0 or 1; its gradient is 0"),
            one(Op.ATAN, "the arc tangent"),
            one(Op.SIN, "the sine of an angle in radians; beyond ±65536 it stays what it is there"),
            one(Op.COS, "the cosine of an angle in radians; beyond ±65536 it stays what it is there"),
            one(Op.FLOOR, "the largest whole number that is not greater; its gradient is 0"),
            new Function("min", Op.MIN, true, "the smallest of two or more numbers"),
            new Function("max", Op.MAX, true, "the largest of two or more numbers"),
            one(Op.STOP_GRADIENT, "x itself, but a constant to the gradient: what papers call detached"),
            one(Op.LOG_SOFTMAX, "(row, index): the logarithm of the row's softmax at a whole-numbered index, from 0"),
            one(
                    Op.EXPECTATION,
                    "(row): the mean index under the row's softmax, the sum of i * softmax(row)[i];"
                            + " (row, i: f): the mean of a function f of the index i"),
            one(
                    Op.KL_DIVERGENCE,
                    "(given row, row, temperature): the Kullback-Leibler divergence of softmax(row / temperature) from p ="
                            + " softmax(given row / temperature), the sum of p[i] * log(p[i] / softmax(row / temperature)[i]);"
                            + " (0, row, temperature): from the uniform distribution"));

    private static Function one(Op op, String meaning) {
        return new Function(op.name().toLowerCase(java.util.Locale.ROOT), op, false, meaning);
    }

    private static Map<String, Function> table(Function... functions) {
        Map<String, Function> table = new LinkedHashMap<>();
        Arrays.stream(functions).forEach(function -> table.put(function.name, function));
        return table;
    }

    /** What each argument must be. */
    List<Op.Type> arguments() {
        return switch (op) {
            case LOG_SOFTMAX -> List.of(Op.Type.ROW, Op.Type.NUMBER);
            case EXPECTATION -> List.of(Op.Type.ROW);
            case KL_DIVERGENCE -> List.of(Op.Type.ROW, Op.Type.ROW, Op.Type.NUMBER);
            case MIN, MAX -> List.of(Op.Type.NUMBER, Op.Type.NUMBER);
            default -> List.of(Op.Type.NUMBER);
        };
    }
}
