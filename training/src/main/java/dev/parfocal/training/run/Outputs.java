package dev.parfocal.training.run;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What detections are made of, for a batch.
 *
 * @param logits {@code [batch · anchors · classes]}
 * @param distances {@code [batch · anchors · 4]} in strides
 * @param quality {@code [batch · anchors]} logits of the quality branch; null: none
 * @param exponent of the quality in scores
 */
record Outputs(
        FloatBuffer logits,
        FloatBuffer distances,
        int classes,
        @Nullable FloatBuffer quality,
        double exponent) {

    /** The score of a class at a point: its probability, times the quality to its exponent if there is one. */
    float score(int point, int label) {
        double score = sigmoid(logits.get(point * classes + label));
        return (float) (quality == null ? score : score * Math.pow(sigmoid(quality.get(point)), exponent));
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
