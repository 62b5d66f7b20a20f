package dev.parfocal.core.rewrite;

import dev.parfocal.core.graph.Op;
import java.util.EnumSet;
import java.util.Set;

/** The operations on doubles, each in a form that is exact for all operands. Truth is 1, falsehood 0. */
public final class Arithmetic {

    private static final Set<Op> NOT_HERE = EnumSet.of(
            Op.CONSTANT,
            Op.INPUT,
            Op.PARAMETER,
            Op.ROW,
            Op.INDEX,
            Op.ENTRY,
            Op.LOG_SOFTMAX,
            Op.EXPECTATION,
            Op.EXPECTATION_OF,
            Op.KL_DIVERGENCE);

    private Arithmetic() {}

    /** Whether the operation is one of numbers alone, so that it can be evaluated here. */
    public static boolean evaluates(Op op) {
        return !NOT_HERE.contains(op);
    }

    /** The result of an operation; operands that it does not take are passed over. */
    public static double apply(Op op, double a, double b, double c) {
        return switch (op) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case NEGATE -> -a;
            case POWER -> Math.pow(a, b);
            case EXP -> Math.exp(a);
            case EXPM1 -> Math.expm1(a);
            case LOG -> Math.log(a);
            case LOG1P -> Math.log1p(a);
            case SQRT -> Math.sqrt(a);
            case ABS -> Math.abs(a);
            case SIGN -> Math.signum(a);
            case ATAN -> Math.atan(a);
            case SIN -> Math.sin(held(a));
            case COS -> Math.cos(held(a));
            case FLOOR -> Math.floor(a);
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case SIGMOID -> a >= 0 ? 1 / (1 + Math.exp(-a)) : Math.exp(a) / (1 + Math.exp(a));
            case SOFTPLUS -> Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
            case LESS -> truth(a < b);
            case LESS_EQUAL -> truth(a <= b);
            case EQUAL -> truth(a == b);
            case AND -> truth(a != 0 && b != 0);
            case OR -> truth(a != 0 || b != 0);
            case NOT -> truth(a == 0);
            case SELECT -> a != 0 ? b : c;
            case STOP_GRADIENT -> a;
            case CONSTANT,
                    INPUT,
                    PARAMETER,
                    ROW,
                    INDEX,
                    ENTRY,
                    LOG_SOFTMAX,
                    EXPECTATION,
                    EXPECTATION_OF,
                    KL_DIVERGENCE -> throw new IllegalArgumentException(op + " is no arithmetic: it must be a leaf");
        };
    }

    /** An angle within the largest that sine and cosine tell apart. */
    private static double held(double angle) {
        return Math.max(-Op.MOST_RADIANS, Math.min(Op.MOST_RADIANS, angle));
    }

    private static double truth(boolean condition) {
        return condition ? 1 : 0;
    }
}
