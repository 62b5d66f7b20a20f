package dev.parfocal.detection.match;

import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import java.util.List;

/** A box loss of the predicted box and the object's, both in pixels. */
final class BoxCost implements Cost {

    private final LossValues values;
    private final double weight;

    BoxCost(Loss loss, double weight) {
        values = new LossValues(loss, weight);
        this.weight = weight;
    }

    @Override
    public void add(Predictions now, List<Annotation> objects, double[][] into) {
        if (objects.isEmpty()) {
            return;
        }
        int predictions = into[0].length;
        float[] predicted = new float[4 * predictions * objects.size()];
        float[] target = new float[predicted.length];
        for (int object = 0; object < objects.size(); object++) {
            Box box = objects.get(object).box();
            for (int prior = 0; prior < predictions; prior++) {
                int at = 4 * (object * predictions + prior);
                for (int side = 0; side < 4; side++) {
                    predicted[at + side] = (float) now.side(prior, side);
                }
                target[at] = (float) box.x1();
                target[at + 1] = (float) box.y1();
                target[at + 2] = (float) box.x2();
                target[at + 3] = (float) box.y2();
            }
        }
        float[] value =
                values.of(new Batch.Boxes(Floats.of(predicted), Floats.of(target), predictions * objects.size()));
        for (int object = 0; object < objects.size(); object++) {
            for (int prior = 0; prior < predictions; prior++) {
                into[object][prior] += weight * value[object * predictions + prior];
            }
        }
    }
}
