package dev.parfocal.tune.gp;

import dev.parfocal.tune.gp.GaussianProcess.Normal;
import org.hipparchus.special.Erf;

/**
 * The logarithm of expected improvement, precise where the improvement itself underflows (Ament et al.: Unexpected
 * Improvements to Expected Improvement for Bayesian Optimization, NeurIPS 2023, eq. 9 and appendix A).
 */
final class Improvement {
    private static final double LOG_ROOT_2PI = 0.5 * Math.log(2 * Math.PI);
    private static final double ROOT_HALF_PI = Math.sqrt(Math.PI / 2);

    /** From here down, erfc is too small to be divided by; a series takes over. */
    private static final double FAR = -20;

    private Improvement() {}

    /** log E[max(best - f, 0)] for f as given. */
    static double log(Normal f, double best) {
        return Math.log(f.deviation()) + logH((best - f.mean()) / f.deviation());
    }

    /** log(φ(z) + z·Φ(z)). */
    static double logH(double z) {
        if (z > -1) {
            return Math.log(Math.exp(-0.5 * z * z - LOG_ROOT_2PI) + z * 0.5 * Erf.erfc(-z / Math.sqrt(2)));
        }
        return -0.5 * z * z - LOG_ROOT_2PI + Math.log(tail(-z));
    }

    /** 1 - t·Φ(-t)/φ(t), which goes to 1/t². */
    private static double tail(double t) {
        if (-t < FAR) {
            double s = 1 / (t * t);
            return s * (1 - 3 * s * (1 - 5 * s * (1 - 7 * s * (1 - 9 * s))));
        }
        double mills = ROOT_HALF_PI * Math.exp(0.5 * t * t) * Erf.erfc(t / Math.sqrt(2));
        return 1 - t * mills;
    }
}
