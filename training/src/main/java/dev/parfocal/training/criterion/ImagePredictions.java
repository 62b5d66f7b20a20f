package dev.parfocal.training.criterion;

import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.box.BoxCode;
import dev.parfocal.training.model.Output;
import java.nio.FloatBuffer;

/**
 * One image's predictions, worked out where an assigner asks for them.
 *
 * @param logits {@code [rows, classes]}
 * @param first the row of the image's first prior
 */
record ImagePredictions(Priors priors, FloatBuffer logits, BoxCode.Decoded decoded, int classes, int first)
        implements Predictions {

    static ImagePredictions of(Output output, BoxCode.Decoded decoded, int image) {
        return new ImagePredictions(
                output.priors().of(image),
                output.logits().floats(),
                decoded,
                output.classes(),
                output.priors().start(image));
    }

    @Override
    public double score(int anchor, int label) {
        return 1 / (1 + Math.exp(-logit(anchor, label)));
    }

    @Override
    public double logit(int anchor, int label) {
        return logits.get((first + anchor) * classes + label);
    }

    @Override
    public double side(int anchor, int side) {
        double corner = decoded.corner(first + anchor, 0, side) * priors.stride()[anchor];
        return (side % 2 == 0 ? priors.x(anchor) : priors.y(anchor)) + corner;
    }
}
