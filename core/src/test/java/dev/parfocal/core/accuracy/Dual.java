package dev.parfocal.core.accuracy;

import org.hipparchus.dfp.Dfp;

/**
 * A number of many digits and its derivative: the forward mode, written without a look at the derivative table.
 *
 * @param value the number
 * @param slope its derivative by the one variable
 */
record Dual(Dfp value, Dfp slope) {

    static Dual constant(Dfp value) {
        return new Dual(value, value.getZero());
    }

    Dual plus(Dual b) {
        return new Dual(value.add(b.value), slope.add(b.slope));
    }

    Dual minus(Dual b) {
        return new Dual(value.subtract(b.value), slope.subtract(b.slope));
    }

    Dual times(Dual b) {
        return new Dual(value.multiply(b.value), slope.multiply(b.value).add(value.multiply(b.slope)));
    }

    Dual over(Dual b) {
        Dfp quotient = value.divide(b.value);
        return new Dual(quotient, slope.subtract(quotient.multiply(b.slope)).divide(b.value));
    }

    Dual negated() {
        return new Dual(value.negate(), slope.negate());
    }

    Dual exp() {
        Dfp result = value.exp();
        return new Dual(result, result.multiply(slope));
    }

    Dual log() {
        return new Dual(value.log(), slope.divide(value));
    }

    Dual abs() {
        return value.negativeOrNull() && !value.isZero() ? negated() : this;
    }

    Dual sqrt() {
        Dfp root = value.sqrt();
        return new Dual(root, slope.divide(root.multiply(2)));
    }

    Dual atan() {
        Dfp below = value.getOne().add(value.multiply(value));
        return new Dual(value.atan(), slope.divide(below));
    }

    Dual sin() {
        return new Dual(value.sin(), value.cos().multiply(slope));
    }

    Dual cos() {
        return new Dual(value.cos(), value.sin().multiply(slope).negate());
    }

    Dual sigmoid() {
        Dual one = constant(value.getOne());
        return one.over(one.plus(negated().exp()));
    }

    /** This to a constant power. */
    Dual power(Dfp exponent) {
        if (exponent.isZero()) {
            return constant(value.getOne());
        }
        if (value.isZero()) {
            return constant(value.getZero());
        }
        Dfp below = power(value, exponent.subtract(1));
        return new Dual(below.multiply(value), below.multiply(exponent).multiply(slope));
    }

    private static Dfp power(Dfp base, Dfp exponent) {
        if (exponent.rint().equals(exponent)) {
            int n = exponent.intValue();
            Dfp result = base.getOne();
            for (int i = 0; i < Math.abs(n); i++) {
                result = result.multiply(base);
            }
            return n < 0 ? base.getOne().divide(result) : result;
        }
        return base.log().multiply(exponent).exp();
    }
}
