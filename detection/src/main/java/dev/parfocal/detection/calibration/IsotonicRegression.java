package dev.parfocal.detection.calibration;

import dev.parfocal.core.ParfocalException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The ascending function that fits targets best in squares, by pooling adjacent violators (Zadrozny, Elkan: Transforming
 * Classifier Scores into Accurate Multiclass Probability Estimates, KDD 2002). Between the scores that it was fitted to it
 * runs in straight lines, beyond them it stays as it is.
 */
public final class IsotonicRegression implements Calibrator {

    private final double[] score;
    private final double[] value;

    private IsotonicRegression(double[] score, double[] value) {
        this.score = score;
        this.value = value;
    }

    /**
     * Fits it.
     *
     * @param score in [0, 1]; equal ones count as one with the mean target
     * @param target in [0, 1], as many
     * @throws ParfocalException if there are none
     */
    public static IsotonicRegression fit(double[] score, double[] target) {
        if (score.length == 0 || score.length != target.length) {
            throw new ParfocalException("isotonic regression is fitted to scores and as many targets, not to "
                    + score.length + " scores and " + target.length + " targets");
        }
        int[] order = IntStream.range(0, score.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> score[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        Blocks blocks = new Blocks(score.length);
        for (int from = 0; from < order.length; ) {
            int to = from;
            double sum = 0;
            while (to < order.length && score[order[to]] == score[order[from]]) {
                sum += target[order[to++]];
            }
            blocks.add(score[order[from]], sum, to - from);
            from = to;
        }
        return blocks.result();
    }

    @Override
    public double apply(double given) {
        int at = Arrays.binarySearch(score, given);
        if (at >= 0) {
            return value[at];
        }
        int next = -at - 1;
        if (next == 0) {
            return value[0];
        }
        if (next == score.length) {
            return value[next - 1];
        }
        double share = (given - score[next - 1]) / (score[next] - score[next - 1]);
        return value[next - 1] + share * (value[next] - value[next - 1]);
    }

    /** Neighbours of one value; a block that would be below the one before it is joined with it. */
    private static final class Blocks {
        private final double[] score;
        private final int[] firstOf;
        private final double[] sum;
        private final double[] weight;
        private int scores;
        private int blocks;

        Blocks(int capacity) {
            score = new double[capacity];
            firstOf = new int[capacity];
            sum = new double[capacity];
            weight = new double[capacity];
        }

        void add(double at, double targets, int count) {
            firstOf[blocks] = scores;
            score[scores++] = at;
            sum[blocks] = targets;
            weight[blocks++] = count;
            while (blocks > 1 && mean(blocks - 2) >= mean(blocks - 1)) {
                blocks--;
                sum[blocks - 1] += sum[blocks];
                weight[blocks - 1] += weight[blocks];
            }
        }

        private double mean(int block) {
            return sum[block] / weight[block];
        }

        IsotonicRegression result() {
            double[] value = new double[scores];
            for (int block = 0; block < blocks; block++) {
                Arrays.fill(value, firstOf[block], block + 1 < blocks ? firstOf[block + 1] : scores, mean(block));
            }
            return new IsotonicRegression(Arrays.copyOf(score, scores), value);
        }
    }
}
