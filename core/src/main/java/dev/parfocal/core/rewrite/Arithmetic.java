package dev.parfocal.core.rewrite;

import static java.util.Map.entry;

import dev.parfocal.core.graph.Op;
import java.util.Map;

/** The operations on doubles, each in a form that is exact for all operands. Booleans are 1 and 0. */
public final class Arithmetic {

    private interface Function {
        double of(double a, double b);
    }

    private static final Map<Op, Function> TABLE = Map.ofEntries(
            entry(Op.ADD, (a, b) -> a + b),
            entry(Op.SUBTRACT, (a, b) -> a - b),
            entry(Op.MULTIPLY, (a, b) -> a * b),
            entry(Op.DIVIDE, (a, b) -> a / b),
            entry(Op.NEGATE, (a, b) -> -a),
            entry(Op.POWER, Math::pow),
            entry(Op.EXP, (a, b) -> Math.exp(a)),
            entry(Op.EXPM1, (a, b) -> Math.expm1(a)),
            entry(Op.LOG, (a, b) -> Math.log(a)),
            entry(Op.LOG1P, (a, b) -> Math.log1p(a)),
            entry(Op.SQRT, (a, b) -> Math.sqrt(a)),
            entry(Op.ABS, (a, b) -> Math.abs(a)),
            entry(Op.SIGN, (a, b) -> Math.signum(a)),
            entry(Op.ATAN, (a, b) -> Math.atan(a)),
            entry(Op.FLOOR, (a, b) -> Math.floor(a)),
            entry(Op.MIN, Math::min),
            entry(Op.MAX, Math::max),
            entry(Op.SIGMOID, (a, b) -> sigmoid(a)),
            entry(Op.SOFTPLUS, (a, b) -> Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)))),
            entry(Op.LESS, (a, b) -> a < b ? 1 : 0),
            entry(Op.LESS_EQUAL, (a, b) -> a <= b ? 1 : 0),
            entry(Op.EQUAL, (a, b) -> a == b ? 1 : 0),
            entry(Op.AND, (a, b) -> a != 0 && b != 0 ? 1 : 0),
            entry(Op.OR, (a, b) -> a != 0 || b != 0 ? 1 : 0),
            entry(Op.NOT, (a, b) -> a == 0 ? 1 : 0),
            entry(Op.STOP_GRADIENT, (a, b) -> a));

    private Arithmetic() {}

    /** Whether the operation is one of numbers alone, so that it can be evaluated here. */
    public static boolean evaluates(Op op) {
        return op == Op.SELECT || TABLE.containsKey(op);
    }

    /**
     * The result of an operation.
     *
     * @param operands as many as the operation takes
     */
    public static double apply(Op op, double... operands) {
        if (op == Op.SELECT) {
            return operands[0] != 0 ? operands[1] : operands[2];
        }
        Function function = TABLE.get(op);
        if (function == null) {
            throw new IllegalArgumentException(op + " is not an operation on numbers");
        }
        return function.of(operands[0], operands.length > 1 ? operands[1] : 0);
    }

    private static double sigmoid(double a) {
        double e = Math.exp(-Math.abs(a));
        return a >= 0 ? 1 / (1 + e) : e / (1 + e);
    }
}
