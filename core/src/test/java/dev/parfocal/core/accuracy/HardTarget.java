package dev.parfocal.core.accuracy;

/**
 * The losses of the focal family at a hard target, written by hand in double: w s(x)^g softplus(x) with s the sigmoid, for
 * backgrounds at x = logit, for positives at x = -logit.
 *
 * @param weight w
 * @param exponent g, a whole number
 * @param mirrored whether x = -logit
 */
record HardTarget(double weight, int exponent, boolean mirrored) {

    /** Value and gradient at a logit. */
    record Result(double value, double gradient) {}

    Result at(double logit) {
        double e = Math.exp(-Math.abs(logit));
        return at(logit, e, Math.log1p(e));
    }

    /** The same where exp(-|logit|) and log1p of it are known. */
    Result at(double logit, double e, double logOfSum) {
        double x = mirrored ? -logit : logit;
        double p = (x < 0 ? e : 1) / (1 + e);
        double rest = (x < 0 ? 1 : e) / (1 + e);
        double softplus = Math.max(x, 0) + logOfSum;
        double factor = weight * power(p);
        double slope = factor * (p + (x > 1000 ? 0 : exponent * rest * softplus));
        return new Result(factor * softplus, mirrored ? -slope : slope);
    }

    double value(double logit) {
        return at(logit).value();
    }

    double gradient(double logit) {
        return at(logit).gradient();
    }

    private double power(double p) {
        double result = 1;
        for (int i = 0; i < exponent; i++) {
            result *= p;
        }
        return result;
    }
}
