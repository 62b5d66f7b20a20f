package dev.parfocal.detection.match;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;

/** The values of a loss, one for each element, for several threads. */
final class LossValues {

    private final LossFunction function;

    LossValues(Loss loss, double weight) {
        if (!(weight > 0 && Double.isFinite(weight))) {
            throw new ParfocalException("the weight of the cost " + loss.name() + " must be above 0, not " + weight);
        }
        function = LossFunction.of(loss, Backend.SCALAR, 1);
    }

    float[] of(Batch batch) {
        float[] values = new float[batch.elements()];
        float[] gradient = new float[batch.predicted().length()];
        Options options = Options.of(Normalizer.none()).withValues(Floats.of(values));
        synchronized (function) {
            function.evaluate(batch, options, Floats.of(gradient));
        }
        return values;
    }
}
