package dev.parfocal.detection.match;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.data.Annotation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * L(x; 1) - L(x; 0) of a pointwise loss at the logit of the object's class, as RT-DETR matches by its focal loss: Zhao et al.:
 * DETRs Beat YOLOs on Real-time Object Detection, CVPR 2024, arXiv 2304.08069. Every given input of the loss is 1, then 0.
 */
final class ClassCost implements Cost {

    private final Loss loss;
    private final LossValues values;
    private final double weight;

    ClassCost(Loss loss, double weight) {
        if (loss.kind() != Kind.POINTWISE) {
            throw new ParfocalException("a match costs what a pointwise loss or a box loss states, but " + loss.name()
                    + " is a loss of rows");
        }
        this.loss = loss;
        this.weight = weight;
        values = new LossValues(loss, weight);
    }

    @Override
    public void add(Predictions now, List<Annotation> objects, double[][] into) {
        if (objects.isEmpty()) {
            return;
        }
        int[] labels =
                objects.stream().mapToInt(Annotation::label).sorted().distinct().toArray();
        int predictions = into[0].length;
        float[] logits = new float[predictions * labels.length];
        for (int prior = 0; prior < predictions; prior++) {
            for (int i = 0; i < labels.length; i++) {
                logits[prior * labels.length + i] = (float) now.logit(prior, labels[i]);
            }
        }
        float[] positive = at(logits, predictions, labels.length, 1);
        float[] negative = at(logits, predictions, labels.length, 0);
        for (int object = 0; object < objects.size(); object++) {
            int column = Arrays.binarySearch(labels, objects.get(object).label());
            for (int prior = 0; prior < predictions; prior++) {
                int at = prior * labels.length + column;
                into[object][prior] += weight * ((double) positive[at] - negative[at]);
            }
        }
    }

    private float[] at(float[] logits, int predictions, int classes, float target) {
        float[] given = new float[logits.length];
        Arrays.fill(given, target);
        List<Floats> targets = Collections.nCopies(loss.given().size(), Floats.of(given));
        return values.of(new Batch.Dense(Floats.of(logits), predictions, classes, targets));
    }
}
