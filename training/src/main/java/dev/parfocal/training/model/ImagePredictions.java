package dev.parfocal.training.model;

import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.box.BoxCode;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One image's predictions, worked out where an assigner asks for them.
 *
 * @param logits {@code [rows, classes]}
 * @param branch {@code [rows]} logits of the branch that scores are made of; null: none
 * @param first the row of the image's first prior
 */
public record ImagePredictions(
        Priors priors,
        FloatBuffer logits,
        @Nullable FloatBuffer branch,
        Scoring scoring,
        BoxCode.Decoded decoded,
        int classes,
        int first)
        implements Predictions {

    /** Of an image of the batch; {@code decoded} are the output's boxes. */
    public static ImagePredictions of(Output output, Scoring scoring, BoxCode.Decoded decoded, int image) {
        String branch = scoring.branch();
        return new ImagePredictions(
                output.priors().of(image),
                output.logits().onHost().floats(),
                branch == null ? null : output.branch(branch).onHost().floats(),
                scoring,
                decoded,
                output.classes(),
                output.priors().start(image));
    }

    @Override
    public double score(int anchor, int label) {
        return scoring.score(
                Scoring.probability(logit(anchor, label)),
                branch == null ? 1 : Scoring.probability(branch.get(first + anchor)));
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
