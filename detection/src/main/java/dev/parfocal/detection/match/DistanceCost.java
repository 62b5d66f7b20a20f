package dev.parfocal.detection.match;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import java.util.List;

/**
 * The L1 distance of predicted box and object, written as centre and size in shares of the image: Carion et al.: End-to-End
 * Object Detection with Transformers, ECCV 2020, section 3.1, arXiv 2005.12872.
 *
 * @param weight of this cost beside others; above 0
 * @param width of the detector's input in pixels
 * @param height of the detector's input in pixels
 */
public record DistanceCost(double weight, double width, double height) implements Cost {

    public DistanceCost {
        if (!(weight > 0 && Double.isFinite(weight)) || !(width > 0) || !(height > 0)) {
            throw new ParfocalException("the L1 cost needs a weight above 0 and an image with an area, not " + weight
                    + " and " + width + " x " + height);
        }
    }

    @Override
    public void add(Predictions now, List<Annotation> objects, double[][] into) {
        for (int object = 0; object < objects.size(); object++) {
            Box box = objects.get(object).box();
            for (int prior = 0; prior < into[object].length; prior++) {
                double x = distance(now.side(prior, 0), now.side(prior, 2), box.x1(), box.x2());
                double y = distance(now.side(prior, 1), now.side(prior, 3), box.y1(), box.y2());
                into[object][prior] += weight * (x / width + y / height);
            }
        }
    }

    /** Of the centres and the sizes of two intervals. */
    private static double distance(double from, double to, double otherFrom, double otherTo) {
        return Math.abs((from + to) / 2 - (otherFrom + otherTo) / 2) + Math.abs(to - from - (otherTo - otherFrom));
    }
}
