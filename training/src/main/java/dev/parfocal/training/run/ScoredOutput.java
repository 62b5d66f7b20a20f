package dev.parfocal.training.run;

import dev.parfocal.training.box.BoxCode;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.OutputSpec.Columns;
import dev.parfocal.training.model.Scoring;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What detections are made of, for a batch.
 *
 * @param boxes decoded
 * @param numbers {@code [rows, columns]} logits, or their softmax
 * @param softmax whether the columns exclude each other, so that their softmax gives the probabilities
 * @param branch {@code [rows]} logits of the branch that scores are made of; null: none
 * @param classes of the data
 */
record ScoredOutput(
        Output output,
        BoxCode.Decoded boxes,
        FloatBuffer numbers,
        boolean softmax,
        Columns columns,
        Scoring scoring,
        @Nullable FloatBuffer branch,
        int classes) {

    static ScoredOutput of(Output output, boolean softmax, Columns columns, Scoring scoring, int classes) {
        Tensor logits = output.logits();
        String branch = scoring.branch();
        return new ScoredOutput(
                output,
                output.code().decode(output.boxes(), output.priors()),
                (softmax ? logits.softmax() : logits).onHost().floats(),
                softmax,
                columns,
                scoring,
                branch == null ? null : output.branch(branch).onHost().floats(),
                classes);
    }

    private float number(int row, int label) {
        return numbers.get(row * output.classes() + columns.of(label));
    }

    /** The score of a class at a row. */
    float score(int row, int label) {
        float number = number(row, label);
        double p = softmax ? number : Scoring.probability(number);
        return (float) scoring.score(p, branch == null ? 1 : Scoring.probability(branch.get(row)));
    }

    /** Whether a class's probability alone, which a branch only lowers, may reach a score; quicker than the score. */
    boolean mayReach(int row, int label, double lowestLogit, double lowest) {
        float number = number(row, label);
        if (softmax) {
            return number >= lowest;
        }
        return scoring.classPower() < 1 || number >= lowestLogit;
    }

    /** Whether a class's probability is its score. */
    boolean isPlain() {
        return scoring.classPower() == 1 && branch == null;
    }
}
