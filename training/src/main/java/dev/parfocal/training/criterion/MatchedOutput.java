package dev.parfocal.training.criterion;

import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.training.box.BoxCode;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.Scoring;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * An output with what its rows have to learn.
 *
 * @param decoded its boxes
 * @param assignments which priors own which object, per image
 * @param positives the rows that own an object
 * @param quality {@code [positives]} what the class of each is to score
 * @param factor {@code [positives]} how much each counts, for its object's sake
 * @param counts what losses may be divided by
 */
public record MatchedOutput(
        Output output,
        BoxCode.Decoded decoded,
        List<Assignment> assignments,
        Positives positives,
        float[] quality,
        float[] factor,
        Counts counts) {

    /** {@code [rows]} the class that each is to learn, or {@link Assignment#IGNORE}, or that it is background. */
    int[] labels() {
        return assignments.stream().flatMapToInt(a -> Arrays.stream(a.label())).toArray();
    }

    /** {@code [positives]} how much each counts in a loss that weighs them so and is divided so. */
    float[] weights(LossComponent.Weighting weighting, LossComponent.Division division) {
        float[] weights = switch (weighting) {
            case QUALITY -> quality.clone();
            case EQUAL -> ObjectFactors.ones(positives.count());
            case SCORE -> bestScores();
        };
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= factor[i];
            if (division == LossComponent.Division.PER_IMAGE) {
                weights[i] *= counts.share(positives.image()[i]);
            }
        }
        return weights;
    }

    private float[] bestScores() {
        float[] scores = new float[positives.count()];
        FloatBuffer logits = output.logits().onHost().floats();
        int columns = output.classes();
        for (int i = 0; i < scores.length; i++) {
            float best = Float.NEGATIVE_INFINITY;
            for (int column = 0; column < columns; column++) {
                best = Math.max(best, logits.get(positives.row()[i] * columns + column));
            }
            scores[i] = (float) Scoring.probability(best);
        }
        return scores;
    }

    /** What the sum of a loss on positive rows is divided by. */
    Normalizer divisor(LossComponent.Division division, float[] weights) {
        double sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        return counts.divisor(division, sum);
    }

    /** The same where objects count differently. */
    MatchedOutput withFactor(float[] other) {
        return new MatchedOutput(output, decoded, assignments, positives, quality, other, counts);
    }
}
