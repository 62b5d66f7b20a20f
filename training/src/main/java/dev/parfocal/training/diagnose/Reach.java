package dev.parfocal.training.diagnose;

import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.dense.DenseConfig;
import dev.parfocal.training.model.InputSize;
import java.util.Collections;
import java.util.Optional;

/** Whether the sides of boxes lie within the distributions that are to learn them. */
final class Reach {

    private static final double MANY = 0.05;

    private Reach() {}

    /** Finds objects whose sides no point reaches: larger than twice the farthest bin of the coarsest level. */
    static Optional<Finding> finding(RunConfig config, Dataset train) {
        Integer farthest = config.model() instanceof DenseConfig dense ? dense.regMax() : null;
        if (farthest == null) {
            return Optional.empty();
        }
        double reach = farthest * (double) Collections.max(DenseConfig.STRIDES);
        long objects = 0;
        long beyond = 0;
        for (Sample sample : train.samples()) {
            double scale = scale(config.model().input(), sample);
            for (Annotation object : sample.annotations()) {
                double side =
                        scale * Math.max(object.box().width(), object.box().height());
                objects += object.crowd() ? 0 : 1;
                beyond += !object.crowd() && side > 2 * reach ? 1 : 0;
            }
        }
        return beyond == 0 ? Optional.empty() : Optional.of(finding(reach, beyond, objects));
    }

    private static double scale(InputSize input, Sample sample) {
        return Math.min((double) input.width() / sample.width(), (double) input.height() / sample.height());
    }

    private static Finding finding(double reach, long beyond, long objects) {
        double share = (double) beyond / objects;
        return Finding.of(
                        share > MANY ? Severity.SEVERE : Severity.WARNING,
                        beyond + " of " + Words.count(objects, "object") + " (" + Words.percent(share)
                                + ") are larger than the distributions reach: " + Math.round(reach)
                                + " px from a point to a side, in pixels of the model's input",
                        "A side beyond the last bin cannot be learnt, so no box can fit such an object.",
                        "Raise model.regMax, make the input smaller (--size), or learn plain distances"
                                + " (--with model.regMax=null --with loss.distribution=null).")
                .with("reach", reach)
                .with("beyond", beyond)
                .with("objects", objects)
                .named("out-of-reach");
    }
}
