package dev.parfocal.core.kernel;

/**
 * What a kernel is made of: instructions that every processor has and that round the same way everywhere, so that code in
 * plain float and code on vectors give the same bits.
 */
enum Prim {
    /** A number of an input column; the column's index. */
    LOAD(0),
    /** An argument of the kernel; its index. */
    ARGUMENT(0),
    /** A float, by its bits. */
    FLOAT(0),
    /** An int. */
    INT(0),

    ADD(2),
    SUBTRACT(2),
    MULTIPLY(2),
    DIVIDE(2),
    /** a * b + c, rounded once. */
    FMA(3),
    NEGATE(1),
    ABS(1),
    SQRT(1),

    /** a &lt; b ? c : d; d if a or b is NaN. */
    LESS(4),
    /** a &lt;= b ? c : d; d if a or b is NaN. */
    LESS_EQUAL(4),
    /** a == b ? c : d; d if a or b is NaN. */
    EQUAL(4),

    /** The bits of a float as an int. */
    TO_BITS(1),
    /** The float with an int's bits. */
    FROM_BITS(1),
    INT_ADD(2),
    INT_SUBTRACT(2),
    INT_AND(2),
    INT_OR(2),
    /** An int shifted left by a fixed number of bits. */
    SHIFT_LEFT(1),
    /** An int shifted right by a fixed number of bits; the sign stays. */
    SHIFT_RIGHT(1);

    private final int arity;

    Prim(int arity) {
        this.arity = arity;
    }

    int arity() {
        return arity;
    }

    /** Whether it yields an int; the others yield a float. */
    boolean isInt() {
        return switch (this) {
            case INT, TO_BITS, INT_ADD, INT_SUBTRACT, INT_AND, INT_OR, SHIFT_LEFT, SHIFT_RIGHT -> true;
            default -> false;
        };
    }

    /** Whether it is the same for every element. */
    boolean isConstant() {
        return this == FLOAT || this == INT || this == ARGUMENT;
    }

    boolean isSelect() {
        return this == LESS || this == LESS_EQUAL || this == EQUAL;
    }
}
