package dev.parfocal.core.kernel;

import dev.parfocal.core.math.Polynomials;

/**
 * The elementary functions in float32 as steps: a reduction to a small range, a polynomial, and the way back.
 *
 * <p>Two tricks stand for conversions between float and int. Adding {@link #ROUND} to |x| below 2^22 rounds x to a whole
 * number, which then stands in the low bits of the sum. Shifting these by 23 and adding them to the bits of 1 makes a power
 * of two.
 */
final class Elementary {

    private static final float ROUND = 0x1.8p23f;
    private static final float LOG2_E = 0x1.715476p0f;
    /** log(2) in two parts; the first has so few bits that its product with a small whole number is exact. */
    private static final float LN2_HIGH = 0x1.62e4p-1f;

    private static final float LN2_LOW = 0x1.7f7d1cp-20f;
    private static final int EXPONENT_BITS = 23;
    private static final int ONE = 0x3f800000;
    private static final int SQRT_HALF = 0x3f3504f3;

    private final Steps steps;

    Elementary(Steps steps) {
        this.steps = steps;
    }

    /** exp(x) for any x. */
    Step exp(Step x) {
        Step low = steps.less(x, number(-104), number(-104), x);
        Step held = steps.less(number(89), low, number(89), low);
        Step shifted = steps.fma(held, number(LOG2_E), number(ROUND));
        Step r = reduced(held, steps.subtract(shifted, number(ROUND)));
        return scaled(steps.add(number(1), expm1Reduced(r)), shifted);
    }

    /** exp(x) for x that is never above 0; results below the normal floats become 0. */
    Step expNonPositive(Step x) {
        Step shifted = steps.fma(x, number(LOG2_E), number(ROUND));
        Step r = reduced(x, steps.subtract(shifted, number(ROUND)));
        Step p = steps.add(number(1), expm1Reduced(r));
        Step power =
                steps.of(Prim.INT_ADD, steps.shiftLeft(steps.of(Prim.TO_BITS, shifted), EXPONENT_BITS), integer(ONE));
        // Below -88 the power is none; that is mended last, where nothing waits for it.
        return steps.less(x, number(-88), number(0), steps.multiply(p, steps.of(Prim.FROM_BITS, power)));
    }

    /**
     * exp(-|x|) and the logistic function's lesser side, exp(-|x|) / (1 + exp(-|x|)), which takes the exponential in two parts
     * and so is spared its last rounding.
     */
    Logistic logistic(Step x) {
        Step low = steps.negate(steps.abs(x));
        Step held = steps.less(low, number(-88), number(-88), low);
        Step shifted = steps.fma(held, number(LOG2_E), number(ROUND));
        Step q = expm1Reduced(reduced(held, steps.subtract(shifted, number(ROUND))));
        Step bits =
                steps.of(Prim.INT_ADD, steps.shiftLeft(steps.of(Prim.TO_BITS, shifted), EXPONENT_BITS), integer(ONE));
        Step power = steps.of(Prim.FROM_BITS, bits);
        Step e = steps.multiply(steps.add(number(1), q), power);
        Step large = steps.divide(number(1), steps.add(number(1), e));
        Step small = steps.multiply(steps.fma(q, large, large), power);
        return new Logistic(e, large, small);
    }

    /** exp(-|x|), sigmoid(|x|) and sigmoid(-|x|). */
    record Logistic(Step e, Step large, Step small) {}

    /** exp(x) - 1 for any x. */
    Step expm1(Step x) {
        Step low = steps.less(x, number(-18), number(-18), x);
        Step held = steps.less(number(89), low, number(89), low);
        Step shifted = steps.fma(held, number(LOG2_E), number(ROUND));
        Step r = reduced(held, steps.subtract(shifted, number(ROUND)));
        Step bits = steps.shiftLeft(steps.of(Prim.TO_BITS, shifted), EXPONENT_BITS);
        Step power = steps.of(Prim.FROM_BITS, steps.of(Prim.INT_SUBTRACT, integer(ONE), bits));
        Step reciprocal = steps.less(number(80), held, number(0), power);
        Step sum = steps.add(steps.subtract(number(1), reciprocal), expm1Reduced(r));
        return steps.equal(x, number(0), x, scaled(sum, shifted));
    }

    /** p * 2^n in two factors, so that neither the largest results overflow nor subnormal ones are lost. */
    private Step scaled(Step p, Step shifted) {
        Step n = steps.of(Prim.INT_SUBTRACT, steps.of(Prim.TO_BITS, shifted), integer(Float.floatToRawIntBits(ROUND)));
        Step half = steps.shiftRight(n, 1);
        return steps.multiply(steps.multiply(p, power(half)), power(steps.of(Prim.INT_SUBTRACT, n, half)));
    }

    private Step power(Step n) {
        return steps.of(Prim.FROM_BITS, steps.of(Prim.INT_ADD, steps.shiftLeft(n, EXPONENT_BITS), integer(ONE)));
    }

    private Step reduced(Step x, Step n) {
        return steps.fma(n, number(-LN2_LOW), steps.fma(n, number(-LN2_HIGH), x));
    }

    /** exp(r) - 1 for |r| at most log(2) / 2. */
    private Step expm1Reduced(Step r) {
        Step square = steps.multiply(r, r);
        return steps.fma(square, polynomial(Polynomials.exp(), r, square), r);
    }

    /** log(x): NaN below 0, minus infinity at 0. */
    Step log(Step x) {
        Step tiny = number(Float.MIN_NORMAL);
        Step normal = steps.less(x, tiny, steps.multiply(x, number(0x1p23f)), x);
        Step shift = steps.less(x, tiny, number(-23), number(0));
        Step bits = steps.of(Prim.INT_ADD, steps.of(Prim.TO_BITS, normal), integer(ONE - SQRT_HALF));
        Step exponent = steps.shiftRight(bits, EXPONENT_BITS);
        Step k = steps.add(exponentAsFloat(exponent), shift);
        Step mantissa = steps.of(Prim.INT_ADD, steps.of(Prim.INT_AND, bits, integer(0x007fffff)), integer(SQRT_HALF));
        Step result = logReduced(steps.subtract(steps.of(Prim.FROM_BITS, mantissa), number(1)), k);
        Step positive = steps.less(number(0), x, result, number(Float.NaN));
        Step limit = steps.equal(x, number(0), number(Float.NEGATIVE_INFINITY), positive);
        return steps.equal(x, number(Float.POSITIVE_INFINITY), x, limit);
    }

    private Step exponentAsFloat(Step exponent) {
        Step offset = steps.of(Prim.INT_ADD, exponent, integer(Float.floatToRawIntBits(ROUND) - 127));
        return steps.subtract(steps.of(Prim.FROM_BITS, offset), number(ROUND));
    }

    /** log(1 + f) + k * log(2). */
    private Step logReduced(Step f, Step k) {
        Step square = steps.multiply(f, f);
        Step tail = steps.fma(f, polynomial(Polynomials.log(), f, square), number(-.5f));
        Step low = steps.fma(square, tail, steps.multiply(k, number(LN2_LOW)));
        return steps.fma(k, number(LN2_HIGH), steps.add(f, low));
    }

    /** log(1 + x): the rounding error of 1 + x is made good by its derivative. */
    Step log1p(Step x) {
        Step one = number(1);
        Step sum = steps.add(one, x);
        Step lost = steps.divide(steps.subtract(x, steps.subtract(sum, one)), sum);
        Step bounded = steps.less(sum, number(0x1p24f), lost, number(0));
        Step correction = steps.equal(sum, number(0), number(0), bounded);
        return steps.equal(x, number(0), x, steps.add(log(sum), correction));
    }

    /** log(1 + e) for e in [0, 1]. */
    Step log1pUnit(Step e) {
        Step square = steps.multiply(e, e);
        return steps.fma(square, polynomial(Polynomials.log1pUnit(), e, square), e);
    }

    Step atan(Step x) {
        Step size = steps.abs(x);
        Step t = steps.less(number(1), size, steps.divide(number(1), size), size);
        Step square = steps.multiply(t, t);
        Step cubic = steps.multiply(t, square);
        Step near = steps.fma(cubic, polynomial(Polynomials.atan(), square, steps.multiply(square, square)), t);
        Step far = steps.add(steps.subtract(number((float) (Math.PI / 2)), near), number(-4.371139e-8f));
        Step positive = steps.less(number(1), size, far, near);
        return steps.less(x, number(0), steps.negate(positive), positive);
    }

    Step floor(Step x) {
        Step whole = number(0x1p23f);
        Step size = steps.abs(x);
        Step rounded = steps.subtract(steps.add(size, whole), whole);
        Step signed = steps.less(x, number(0), steps.negate(rounded), rounded);
        Step floor = steps.less(x, signed, steps.subtract(signed, number(1)), signed);
        return steps.less(size, whole, floor, x);
    }

    /** a to the power b as {@link Math#pow} has it, but by exp(b log|a|): the error grows with the exponent. */
    Step power(Step a, Step b) {
        Step size = exp(steps.multiply(b, log(steps.abs(a))));
        Step half = steps.multiply(b, number(.5f));
        Step signed = steps.equal(floor(half), half, size, steps.negate(size));
        Step negative = steps.equal(floor(b), b, signed, number(Float.NaN));
        Step result = steps.less(a, number(0), negative, size);
        return steps.equal(b, number(0), number(1), result);
    }

    /** Even and odd powers are summed side by side: half as many steps that wait for one another. */
    private Step polynomial(float[] coefficients, Step x, Step square) {
        Step even = horner(coefficients, 0, square);
        Step odd = horner(coefficients, 1, square);
        return steps.fma(odd, x, even);
    }

    /** The polynomial of every second coefficient, from {@code first} on. */
    private Step horner(float[] coefficients, int first, Step square) {
        int last = coefficients.length - 1;
        int i = last - (last - first) % 2;
        Step sum = number(coefficients[i]);
        for (i -= 2; i >= first; i -= 2) {
            sum = steps.fma(sum, square, number(coefficients[i]));
        }
        return sum;
    }

    private Step number(float value) {
        return steps.number(value);
    }

    private Step integer(int value) {
        return steps.integer(value);
    }
}
