package dev.parfocal.tune.statistics;

import dev.parfocal.core.ParfocalException;
import java.util.stream.IntStream;
import org.hipparchus.stat.inference.WilcoxonSignedRankTest;

/**
 * Wilcoxon's signed-rank test of pairs (Wilcoxon: Individual Comparisons by Ranking Methods, Biometrics Bulletin 1945). Pairs
 * without a difference are left out, as he does. With fewer than six pairs it cannot come below 0.05.
 */
public final class PairedWilcoxon {

    /** Beyond this the normal approximation takes over. */
    private static final int EXACT = 20;

    private PairedWilcoxon() {}

    /**
     * The two-sided probability of ranks this uneven if neither side were better; 1 without a difference.
     *
     * @param first one number per pair
     * @param second as many
     * @throws ParfocalException if they are not as many
     */
    public static double p(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new ParfocalException(
                    "pairs need two lists of equal length, not " + first.length + " and " + second.length);
        }
        int[] uneven = IntStream.range(0, first.length)
                .filter(i -> first[i] != second[i])
                .toArray();
        if (uneven.length == 0) {
            return 1;
        }
        double[] difference =
                IntStream.of(uneven).mapToDouble(i -> first[i] - second[i]).toArray();
        double p = new WilcoxonSignedRankTest()
                .wilcoxonSignedRankTest(difference, new double[difference.length], difference.length <= EXACT);
        return Math.min(1, p);
    }
}
