package dev.parfocal.training.criterion;

import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.assign.Priors;
import java.nio.FloatBuffer;

/**
 * One image's predictions, worked out where an assigner asks for them.
 *
 * @param logits {@code [batch · anchors · classes]}
 * @param distances {@code [batch · anchors · 4]} in strides
 * @param first number of the image's first point in the batch
 */
record ImagePredictions(Priors points, FloatBuffer logits, FloatBuffer distances, int classes, int first)
        implements Predictions {
    @Override
    public double score(int anchor, int label) {
        return 1 / (1 + Math.exp(-logits.get((first + anchor) * classes + label)));
    }

    @Override
    public double side(int anchor, int side) {
        double distance = distances.get(4 * (first + anchor) + side) * points.stride()[anchor];
        double from = side % 2 == 0 ? points.x(anchor) : points.y(anchor);
        return side < 2 ? from - distance : from + distance;
    }
}
