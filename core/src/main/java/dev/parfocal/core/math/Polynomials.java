package dev.parfocal.core.math;

/**
 * Minimax polynomials in float32, lowest power first: fitted in 40 digits, each coefficient rounded before the next ones
 * were fitted again. Errors are those of the polynomial alone, in units of 2^-24 of the function.
 */
public final class Polynomials {

    /** (exp(r) - 1 - r) / r^2 for |r| <= log(2) / 2; .05 ulp of exp(r). */
    private static final float[] EXP = {
        0x1.0p-1f, 0x1.555492p-3f, 0x1.5554c0p-5f, 0x1.123996p-7f, 0x1.6d7a56p-10f,
    };

    /** (log(1 + e) - e) / e^2 for e in [0, 1]; .09 ulp of the logarithm. */
    private static final float[] LOG1P_UNIT = {
        -0x1.ffffd2p-2f,
        0x1.554dd4p-2f,
        -0x1.ff249ep-3f,
        0x1.93510ap-3f,
        -0x1.3a596cp-3f,
        0x1.b50ae6p-4f,
        -0x1.d78a7ep-5f,
        0x1.4a23a0p-6f,
        -0x1.b1630ep-9f,
    };

    /** (log(1 + f) - f + f^2 / 2) / f^3 for 1 + f in [sqrt(1/2), sqrt(2)]; .1 ulp of the logarithm. */
    private static final float[] LOG = {
        0x1.55554ap-2f, -0x1.000222p-2f, 0x1.99a5aap-3f, -0x1.54788ep-3f,
        0x1.226d1ap-3f, -0x1.0cdf74p-3f, 0x1.07d6a8p-3f, -0x1.41fe3ap-4f,
    };

    /** (atan(x) - x) / x^3 as a polynomial in x^2, for |x| <= 1; .05 ulp of the arc. */
    private static final float[] ATAN = {
        -0x1.55553ep-2f,
        0x1.9991e6p-3f,
        -0x1.2420b6p-3f,
        0x1.c08f64p-4f,
        -0x1.58155ep-4f,
        0x1.da5ed4p-5f,
        -0x1.fdfc1cp-6f,
        0x1.64c1cep-7f,
        -0x1.d4984ap-10f,
    };

    /** (sin(r) - r) / r^3 as a polynomial in r^2, for |r| <= pi / 4; .003 ulp of the sine. */
    private static final float[] SIN = {-0x1.555556p-3f, 0x1.111174p-7f, -0x1.a0591ep-13f, 0x1.7c1116p-19f};

    /** (cos(r) - 1 + r^2 / 2) / r^4 as a polynomial in r^2, for |r| <= pi / 4; .002 ulp of the cosine. */
    private static final float[] COS = {0x1.55554ap-5f, -0x1.6c0c20p-10f, 0x1.99e42cp-16f};

    private Polynomials() {}

    /** (sin(r) - r) / r^3 in powers of r^2, for |r| at most pi / 4. */
    public static float[] sin() {
        return SIN.clone();
    }

    /** (cos(r) - 1 + r^2 / 2) / r^4 in powers of r^2, for |r| at most pi / 4. */
    public static float[] cos() {
        return COS.clone();
    }

    /** (exp(r) - 1 - r) / r^2, for |r| at most log(2) / 2. */
    public static float[] exp() {
        return EXP.clone();
    }

    /** (log(1 + e) - e) / e^2, for e in [0, 1]. */
    public static float[] log1pUnit() {
        return LOG1P_UNIT.clone();
    }

    /** (log(1 + f) - f + f^2 / 2) / f^3, for 1 + f between the square roots of 1/2 and 2. */
    public static float[] log() {
        return LOG.clone();
    }

    /** (atan(x) - x) / x^3 in powers of x^2, for |x| at most 1. */
    public static float[] atan() {
        return ATAN.clone();
    }
}
