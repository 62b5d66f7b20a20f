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

    double value(double logit) {
        double x = mirrored ? -logit : logit;
        return weight * power(sigmoid(x)) * softplus(x);
    }

    double gradient(double logit) {
        double x = mirrored ? -logit : logit;
        double p = sigmoid(x);
        double slope = weight * power(p) * (p + (x > 1000 ? 0 : exponent * sigmoid(-x) * softplus(x)));
        return mirrored ? -slope : slope;
    }

    private double power(double p) {
        double result = 1;
        for (int i = 0; i < exponent; i++) {
            result *= p;
        }
        return result;
    }

    private static double sigmoid(double x) {
        double e = Math.exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
