package dev.parfocal.core.statistics;

/**
 * Ten bins of equal width of the probability that a logit stands for: bin k holds [k / 10, (k + 1) / 10). An element is
 * put into its bin by thresholds on the logit; nothing is exponentiated.
 */
public final class ProbabilityBins {

    /** How many bins there are. */
    public static final int COUNT = 10;

    /** Cells of the logit so narrow that each holds one threshold at most, and none near a cell's edge. */
    private static final int CELLS_PER_UNIT = 8;

    private static final int CELLS = 64;
    private static final float MIDDLE = CELLS / 2f + .5f;

    /** The bin below the cell's threshold. */
    private static final int[] BIN = new int[CELLS];

    /** NaN, which no logit reaches, where a cell has none. */
    private static final float[] THRESHOLD = new float[CELLS];

    static {
        int bin = 0;
        for (int cell = 0; cell < CELLS; cell++) {
            BIN[cell] = bin;
            THRESHOLD[cell] = Float.NaN;
            if (bin + 1 < COUNT && cell == cell(edge(bin + 1))) {
                THRESHOLD[cell] = edge(++bin);
            }
        }
    }

    private ProbabilityBins() {}

    /** The logit at which bin {@code bin} begins; minus infinity for the first. */
    public static float edge(int bin) {
        return (float) -Math.log((double) COUNT / bin - 1);
    }

    /** The bin of a logit; the first for NaN. */
    static int of(float logit) {
        int cell = cell(logit);
        return BIN[cell] + (logit >= THRESHOLD[cell] ? 1 : 0);
    }

    private static int cell(float logit) {
        return Math.max(0, Math.min(CELLS - 1, (int) (logit * CELLS_PER_UNIT + MIDDLE)));
    }
}
