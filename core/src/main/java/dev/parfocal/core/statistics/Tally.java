package dev.parfocal.core.statistics;

import java.util.List;

/** Adds up statistics. One thread at a time; tallies of parts of a batch are joined in a fixed order. */
public final class Tally {

    /** Neighbours add to different places, so that none waits for the one before. */
    private static final int LANES = 4;

    /** A power of two. */
    private static final int STRIDE = 16;

    private static final float SATURATION = (float) LossStatistics.SATURATION;

    private final Bins positives = new Bins();
    private final Bins negatives = new Bins();
    private final double[] byClass;
    private final long[] positivesByClass;
    private long saturated;
    private float largest = Float.NEGATIVE_INFINITY;

    /** Counts and sums by bin, in lanes. */
    private record Bins(long[] counts, double[] gradients) {

        Bins() {
            this(new long[LANES * STRIDE], new double[LANES * STRIDE]);
        }

        void add(Bins other) {
            for (int slot = 0; slot < counts.length; slot++) {
                counts[slot] += other.counts[slot];
                gradients[slot] += other.gradients[slot];
            }
        }

        LossStatistics.Group group() {
            LossStatistics.Group group =
                    new LossStatistics.Group(new long[ProbabilityBins.COUNT], new double[ProbabilityBins.COUNT]);
            for (int lane = 0; lane < LANES; lane++) {
                for (int bin = 0; bin < ProbabilityBins.COUNT; bin++) {
                    group.counts()[bin] += counts[lane * STRIDE + bin];
                    group.gradients()[bin] += gradients[lane * STRIDE + bin];
                }
            }
            return group;
        }
    }

    /** An empty tally. */
    public Tally(int classes) {
        byClass = new double[classes];
        positivesByClass = new long[classes];
    }

    /**
     * Adds negatives.
     *
     * @param logits the first {@code count} are looked at; NaN for elements that do not count
     * @param gradients those by the logits; 0 for elements that do not count
     * @param firstClass the class of the first; the others follow in turn
     * @param without how many do not count
     */
    public void negatives(float[] logits, float[] gradients, int count, int firstClass, int without) {
        bins(logits, gradients, count);
        negatives.counts[ProbabilityBins.of(Float.NaN)] -= without;
        classes(gradients, count, firstClass);
        extremes(logits, count);
    }

    private void bins(float[] logits, float[] gradients, int count) {
        long[] counts = negatives.counts;
        double[] sums = negatives.gradients;
        for (int i = 0; i < count; i++) {
            int slot = i % LANES * STRIDE + ProbabilityBins.of(-logits[i]);
            counts[slot]++;
            sums[slot] += Math.abs(gradients[i]);
        }
    }

    private void classes(float[] gradients, int count, int firstClass) {
        int classOf = firstClass;
        for (int i = 0; i < count; i++) {
            byClass[classOf] += Math.abs(gradients[i]);
            classOf++;
            classOf = classOf == byClass.length ? 0 : classOf;
        }
    }

    private void extremes(float[] logits, int count) {
        for (int i = 0; i < count; i++) {
            saturated += Math.abs(logits[i]) > SATURATION ? 1 : 0;
            largest = logits[i] > largest ? logits[i] : largest;
        }
    }

    /** Adds a positive. */
    public void positive(float logit, float gradient, int classOf) {
        int bin = ProbabilityBins.of(logit);
        positives.counts[bin]++;
        positives.gradients[bin] += Math.abs(gradient);
        byClass[classOf] += Math.abs(gradient);
        positivesByClass[classOf]++;
        saturated += Math.abs(logit) > SATURATION ? 1 : 0;
        largest = logit > largest ? logit : largest;
    }

    /** The statistics of all parts together. */
    public static LossStatistics total(List<Tally> parts, int classes) {
        Tally total = new Tally(classes);
        parts.forEach(total::add);
        return new LossStatistics(
                total.positives.group(),
                total.negatives.group(),
                total.byClass,
                total.positivesByClass,
                total.saturated,
                total.largest);
    }

    private void add(Tally other) {
        positives.add(other.positives);
        negatives.add(other.negatives);
        for (int classOf = 0; classOf < byClass.length; classOf++) {
            byClass[classOf] += other.byClass[classOf];
            positivesByClass[classOf] += other.positivesByClass[classOf];
        }
        saturated += other.saturated;
        largest = Math.max(largest, other.largest);
    }
}
