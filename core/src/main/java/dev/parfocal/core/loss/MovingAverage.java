package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;

/**
 * A moving average of the batches' numbers of positives, at least 1: steadier than one batch's number when batches are
 * small. Each evaluation moves it on, so it belongs to one training run; {@link #average} is part of its checkpoint.
 */
public final class MovingAverage implements Normalizer {

    private final double momentum;
    private double average;

    /**
     * Starts an average.
     *
     * @param momentum the share of the past, in [0, 1): .9 is usual
     * @param start the average before the first batch, at least 1: 100 is usual
     */
    public MovingAverage(double momentum, double start) {
        if (!(momentum >= 0 && momentum < 1) || !(start >= 1 && start < Double.POSITIVE_INFINITY)) {
            throw new ParfocalException("a moving average needs a momentum in [0, 1) and a start of at least 1, not "
                    + momentum + " and " + start);
        }
        this.momentum = momentum;
        this.average = start;
    }

    /** The average after the last batch: what a resumed run starts from. */
    public double average() {
        return average;
    }

    double next(double positives) {
        average = momentum * average + (1 - momentum) * Math.max(1, positives);
        return average;
    }
}
