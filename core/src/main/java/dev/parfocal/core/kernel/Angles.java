package dev.parfocal.core.kernel;

import dev.parfocal.core.graph.Op;
import dev.parfocal.core.math.Polynomials;

/**
 * Sine and cosine in float32 as steps: the angle less a multiple of pi / 2, a polynomial, and the sign and the exchange of both
 * that the multiple asks for. With {@link Op#MOST_RADIANS} the multiple has 16 bits, and pi / 2 in three floats leaves nothing
 * that a float would show.
 */
final class Angles {

    private static final float MOST = (float) Op.MOST_RADIANS;
    private static final float ROUND = 0x1.8p23f;
    private static final float QUARTERS_PER_RADIAN = 0x1.45f306p-1f;
    private static final float[] QUARTER = {0x1.921fb6p0f, -0x1.777a5cp-25f, -0x1.ee59dap-50f};
    private static final int SIGN_FROM_BIT_1 = 30;
    private static final int EXPONENT_BITS = 23;
    private static final int ONE = 0x3f800000;

    private final Steps steps;

    Angles(Steps steps) {
        this.steps = steps;
    }

    Step sin(Step x) {
        return turned(x, 0);
    }

    Step cos(Step x) {
        return turned(x, 1);
    }

    /** The sine of x and some quarters of a turn. */
    private Step turned(Step x, int quarters) {
        Step low = steps.less(x, steps.number(-MOST), steps.number(-MOST), x);
        Step held = steps.less(steps.number(MOST), low, steps.number(MOST), low);
        Step shifted = steps.fma(held, steps.number(QUARTERS_PER_RADIAN), steps.number(ROUND));
        Step r = reduced(held, steps.subtract(shifted, steps.number(ROUND)));
        Step quarter = steps.of(Prim.INT_ADD, steps.of(Prim.TO_BITS, shifted), steps.integer(quarters));
        Step odd = steps.shiftLeft(steps.of(Prim.INT_AND, quarter, steps.integer(1)), EXPONENT_BITS);
        Step oneOrTwo = steps.of(Prim.FROM_BITS, steps.of(Prim.INT_ADD, odd, steps.integer(ONE)));
        Step size = steps.equal(oneOrTwo, steps.number(1), sine(r), cosine(r));
        Step sign = steps.shiftLeft(steps.of(Prim.INT_AND, quarter, steps.integer(2)), SIGN_FROM_BIT_1);
        return steps.of(Prim.FROM_BITS, steps.of(Prim.INT_ADD, steps.of(Prim.TO_BITS, size), sign));
    }

    private Step reduced(Step x, Step quarters) {
        Step r = x;
        for (float part : QUARTER) {
            r = steps.fma(quarters, steps.number(-part), r);
        }
        return r;
    }

    /** sin(r) for |r| at most pi / 4. */
    private Step sine(Step r) {
        Step square = steps.multiply(r, r);
        return steps.fma(steps.multiply(square, r), horner(Polynomials.sin(), square), r);
    }

    /** cos(r) for |r| at most pi / 4. */
    private Step cosine(Step r) {
        Step square = steps.multiply(r, r);
        Step curve = steps.fma(square, horner(Polynomials.cos(), square), steps.number(-.5f));
        return steps.fma(square, curve, steps.number(1));
    }

    private Step horner(float[] coefficients, Step x) {
        Step sum = steps.number(coefficients[coefficients.length - 1]);
        for (int i = coefficients.length - 2; i >= 0; i--) {
            sum = steps.fma(sum, x, steps.number(coefficients[i]));
        }
        return sum;
    }
}
