package dev.parfocal.training.run;

import dev.parfocal.training.box.BoxCode;
import dev.parfocal.training.model.Output;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What detections are made of, for a batch.
 *
 * @param logits {@code [rows, classes]}
 * @param boxes decoded
 * @param quality {@code [rows]} logits of the quality branch; null: none
 * @param exponent of the quality in scores
 */
record ScoredOutput(
        Output output,
        FloatBuffer logits,
        BoxCode.Decoded boxes,
        @Nullable FloatBuffer quality,
        double exponent) {

    /** The score of a class at a row: its probability, times the quality to its exponent if there is one. */
    float score(int row, int label) {
        double score = sigmoid(logits.get(row * output.classes() + label));
        return (float) (quality == null ? score : score * Math.pow(sigmoid(quality.get(row)), exponent));
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
