package dev.parfocal.detection.match;

import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.box.Box;

/** The predictions of some of the priors. */
record Selection(Predictions all, int[] prior) implements Predictions {

    @Override
    public int classes() {
        return all.classes();
    }

    @Override
    public double score(int number, int label) {
        return all.score(prior[number], label);
    }

    @Override
    public double logit(int number, int label) {
        return all.logit(prior[number], label);
    }

    @Override
    public double side(int number, int side) {
        return all.side(prior[number], side);
    }

    /** A predicted box; one whose sides are not numbers or reversed overlaps nothing. */
    Box box(int number) {
        return new Box(side(number, 0), side(number, 1), side(number, 2), side(number, 3));
    }
}
