package dev.parfocal.training.criterion;

import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Weights;
import dev.parfocal.training.box.BoxCode;
import dev.parfocal.training.model.Output;
import java.util.List;

/**
 * One loss on the boxes of positive rows.
 *
 * @param buffer for its gradient alone
 */
record BoxLoss(Component component, Reads reads, BoxBuffer buffer) {

    /** What it looks at; losses are evaluated in this order. */
    enum Reads {
        /** The distributions of coordinates: a row loss. */
        BINS,
        /** The corners of decoded boxes: a box loss. */
        CORNERS,
        /** The coordinates of boxes: a pointwise loss on numbers. */
        COORDINATES
    }

    BoxLoss(Component component, Reads reads) {
        this(component, reads, new BoxBuffer());
    }

    /** Evaluates it and adds its gradient to that of the raw numbers. */
    Evaluation evaluate(MatchedOutput matched, StepSettings settings, BoxGradient gradient) {
        float[] weights = matched.weights(
                component.config().weighting(), component.config().divide());
        Normalizer divisor = matched.divisor(component.config().divide(), weights);
        GatheredRows rows = GatheredRows.of(matched.positives());
        int count = matched.positives().count();
        if (reads == Reads.CORNERS) {
            float[] slopes = new float[4 * count];
            Evaluation value = component.evaluate(
                    corners(matched.positives()),
                    divisor,
                    Weights.perElement(Floats.of(weights)),
                    Floats.of(slopes),
                    settings,
                    rows);
            gradient.addCorners(matched.decoded(), slopes);
            return value;
        }
        if (reads == Reads.BINS) {
            return component.evaluate(
                    new Batch.Rows(
                            Floats.of(gradient.raw()),
                            4 * count,
                            gradient.code().bins(),
                            List.of(Floats.of(targets(matched)))),
                    divisor,
                    Weights.perElement(Floats.of(spread(weights, 0.25f))),
                    Floats.of(gradient.slopes()),
                    settings,
                    rows);
        }
        float[] slopes = new float[4 * count];
        Evaluation value = component.evaluate(
                coordinates(matched),
                divisor,
                Weights.perElement(Floats.of(spread(weights, 1))),
                Floats.of(slopes),
                settings,
                rows);
        gradient.addCoordinates(matched.decoded(), slopes);
        return value;
    }

    /** The loss of each positive row, times the configured weight. */
    float[] values(MatchedOutput matched, StepSettings settings) {
        if (reads == Reads.CORNERS) {
            return component.values(corners(matched.positives()), settings);
        }
        float[] each = component.values(coordinates(matched), settings);
        float[] sums = new float[each.length / 4];
        for (int i = 0; i < each.length; i++) {
            sums[i / 4] += each[i];
        }
        return sums;
    }

    private static Batch corners(Positives positives) {
        return new Batch.Boxes(Floats.of(positives.predicted()), Floats.of(positives.target()), positives.count());
    }

    private static Batch coordinates(MatchedOutput matched) {
        Positives positives = matched.positives();
        BoxCode.Decoded decoded = matched.decoded();
        float[] predicted = new float[4 * positives.count()];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = decoded.coordinate(positives.row()[i / 4], positives.label()[i / 4], i % 4);
        }
        return new Batch.Dense(Floats.of(predicted), positives.count(), 4, List.of(Floats.of(targets(matched))));
    }

    private static float[] targets(MatchedOutput matched) {
        Output output = matched.output();
        return matched.positives().coordinates(output.code(), output.priors());
    }

    /** A weight for each coordinate. */
    private static float[] spread(float[] weights, float share) {
        float[] each = new float[4 * weights.length];
        for (int i = 0; i < each.length; i++) {
            each[i] = weights[i / 4] * share;
        }
        return each;
    }
}
