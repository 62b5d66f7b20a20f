package dev.parfocal.core.balance;

import java.util.Arrays;

/**
 * The mixture w of gradients (weights at least 0, their sum 1) that minimises {@code gw . g0 + reach * |gw|}, g0 being the
 * mean: convex in w. Solved by moving weight between two gradients at a time, each time to the best point of the line
 * between them, until no pair gains.
 */
final class WorstMixture {

    private static final int MAX_MOVES = 500;
    private static final int BISECTIONS = 60;
    private static final double PRECISION = 1e-10;

    private final Gram gram;
    private final double reach;
    private final double[] towardsMean;

    WorstMixture(Gram gram, double reach) {
        this.gram = gram;
        this.reach = reach;
        double[] mean = new double[gram.size()];
        Arrays.fill(mean, 1.0 / mean.length);
        towardsMean = new double[mean.length];
        for (int i = 0; i < mean.length; i++) {
            towardsMean[i] = gram.dot(i, mean);
        }
    }

    double[] solve() {
        double[] w = new double[gram.size()];
        Arrays.fill(w, 1.0 / w.length);
        double scale = 0;
        for (int i = 0; i < w.length; i++) {
            scale = Math.max(scale, gram.dot(i, i));
        }
        for (int move = 0; move < MAX_MOVES; move++) {
            double[] slope = slopes(w);
            int to = 0;
            int from = -1;
            for (int i = 0; i < w.length; i++) {
                to = slope[i] < slope[to] ? i : to;
                from = w[i] > 0 && (from < 0 || slope[i] > slope[from]) ? i : from;
            }
            if (slope[from] - slope[to] <= PRECISION * scale) {
                break;
            }
            moveWeight(w, from, to);
        }
        return w;
    }

    /** The derivative by each weight. */
    private double[] slopes(double[] w) {
        double length = gram.norm(w);
        double[] slopes = new double[w.length];
        for (int i = 0; i < w.length; i++) {
            slopes[i] = towardsMean[i] + (length > 0 ? reach * gram.dot(i, w) / length : 0);
        }
        return slopes;
    }

    /** Finds by bisection where the function along the line stops falling. */
    private void moveWeight(double[] w, int from, int to) {
        double both = w[from] + w[to];
        double low = w[to];
        double high = both;
        for (int i = 0; i < BISECTIONS; i++) {
            w[to] = (low + high) / 2;
            w[from] = both - w[to];
            double[] slope = slopes(w);
            if (slope[to] < slope[from]) {
                low = w[to];
            } else {
                high = w[to];
            }
        }
        // Where it falls all the way, the other weight is 0 exactly.
        w[to] = high == both ? both : low;
        w[from] = both - w[to];
    }
}
