package dev.parfocal.core.graph;

/**
 * The operations of a loss's graph, each with its number of operands and the type of what it yields.
 *
 * <p>Everything that is known of an operation stands in tables keyed by it: its derivative, its stable forms, its code.
 */
public enum Op {
    /** A number; {@link Node#value()}. */
    CONSTANT(0, Type.NUMBER),
    /** A scalar input of the loss, predicted or given; {@link Node#name()}. */
    INPUT(0, Type.NUMBER),
    /** A parameter of the loss; {@link Node#name()}. */
    PARAMETER(0, Type.NUMBER),
    /** A row of logits, predicted or given; {@link Node#name()}. Only the row operations read it. */
    ROW(0, Type.ROW),
    /** The index that an expectation runs over; {@link Node#name()}. Only the function that it is taken of reads it. */
    INDEX(0, Type.NUMBER),

    ADD(2, Type.NUMBER),
    SUBTRACT(2, Type.NUMBER),
    MULTIPLY(2, Type.NUMBER),
    DIVIDE(2, Type.NUMBER),
    NEGATE(1, Type.NUMBER),
    POWER(2, Type.NUMBER),

    EXP(1, Type.NUMBER),
    /** exp(a) - 1. */
    EXPM1(1, Type.NUMBER),
    LOG(1, Type.NUMBER),
    /** log(1 + a). */
    LOG1P(1, Type.NUMBER),
    SQRT(1, Type.NUMBER),
    ABS(1, Type.NUMBER),
    /** -1, 0 or 1. */
    SIGN(1, Type.NUMBER),
    ATAN(1, Type.NUMBER),
    /** The sine of an angle in radians. */
    SIN(1, Type.NUMBER),
    /** The cosine of an angle in radians. */
    COS(1, Type.NUMBER),
    FLOOR(1, Type.NUMBER),
    MIN(2, Type.NUMBER),
    MAX(2, Type.NUMBER),
    /** 1 / (1 + exp(-a)). */
    SIGMOID(1, Type.NUMBER),
    /** log(1 + exp(a)). */
    SOFTPLUS(1, Type.NUMBER),

    LESS(2, Type.BOOLEAN),
    LESS_EQUAL(2, Type.BOOLEAN),
    EQUAL(2, Type.BOOLEAN),
    AND(2, Type.BOOLEAN),
    OR(2, Type.BOOLEAN),
    NOT(1, Type.BOOLEAN),
    /** condition ? a : b. */
    SELECT(3, Type.NUMBER),

    /** Its operand, with derivative zero. */
    STOP_GRADIENT(1, Type.NUMBER),

    /** A parameter's value for a class: (parameter, class). Programs have an input in its place, or the value for all. */
    ENTRY(2, Type.NUMBER),

    /** The log of the softmax of a row at an index: (row, index). */
    LOG_SOFTMAX(2, Type.NUMBER),
    /** The expectation of the index under the softmax of a row: the sum of i * softmax(row)[i]. */
    EXPECTATION(1, Type.NUMBER),
    /** The expectation of a function of the index, the second operand: the sum of f(i) * softmax(row)[i]. */
    EXPECTATION_OF(2, Type.NUMBER),
    /**
     * The Kullback-Leibler divergence between rows, (given row, predicted row, temperature): the sum of p[i] * (log p[i] - log
     * q[i]), where p and q are the softmax of the given and of the predicted row, each divided by the temperature. A number in
     * place of the given row is a row of equal logits.
     */
    KL_DIVERGENCE(3, Type.NUMBER);

    /** What a node yields. */
    public enum Type {
        NUMBER,
        BOOLEAN,
        ROW
    }

    /**
     * The largest angle, in radians, of SIN and COS; a larger one counts as this one, in every executor. Floats beyond it are
     * so far apart that they say little about an angle.
     */
    public static final double MOST_RADIANS = 65_536;

    private final int arity;
    private final Type type;

    Op(int arity, Type type) {
        this.arity = arity;
        this.type = type;
    }

    public int arity() {
        return arity;
    }

    public Type type() {
        return type;
    }

    /** Whether a row is read: executors compute such a node from the row. */
    public boolean readsRow() {
        return this == LOG_SOFTMAX || this == EXPECTATION || this == EXPECTATION_OF || this == KL_DIVERGENCE;
    }
}
