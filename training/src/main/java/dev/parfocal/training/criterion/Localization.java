package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Weights;
import dev.parfocal.training.criterion.LossComponent.Division;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.SideCode;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The losses on boxes of positive points: one on the decoded box, and one on the distributions of its sides if there is
 * one. Each point counts with its quality, detached; the sum is divided by the sum of qualities, at least 1.
 */
final class Localization {
    private final SideCode code;
    private final Component box;
    private final @Nullable Component distribution;
    private final GradientBuffer gradient = new GradientBuffer();

    Localization(LossConfig losses, SideCode code) {
        this.code = code;
        box = Component.of("box", losses.box(), Kind.BOX, 0);
        LossComponent rows = losses.distribution();
        if (rows != null && code.bins() == 1) {
            throw new ParfocalException("loss.distribution needs boxes as distributions: set model.regMax above 0, or"
                    + " loss.distribution to null");
        }
        distribution = rows == null ? null : Component.of("distribution", rows, Kind.ROW, code.bins());
    }

    /**
     * The losses by role.
     *
     * @param upstream receives the gradient by the sides; valid until the next call
     */
    Map<String, Evaluation> evaluate(
            Tensor sides, SideCode.Decoded decoded, Positives positives, float[] quality, SideGradient upstream) {
        Map<String, Evaluation> values = new LinkedHashMap<>();
        if (distribution != null) {
            values.put("distribution", distributions(distribution, positives, quality, upstream));
        }
        values.put("box", boxes(decoded, positives, quality, upstream));
        upstream.scatter(gradient.floats(sides.elements()));
        return values;
    }

    private Evaluation boxes(SideCode.Decoded decoded, Positives positives, float[] quality, SideGradient upstream) {
        float[] corners = new float[4 * positives.count()];
        Batch batch =
                new Batch.Boxes(Floats.of(positives.predicted()), Floats.of(positives.target()), positives.count());
        Evaluation value =
                box.evaluate(batch, divisor(box, quality), Weights.perElement(Floats.of(quality)), Floats.of(corners));
        Finite.require("box", FloatBuffer.wrap(corners));
        upstream.addBoxes(decoded, corners);
        return value;
    }

    private Evaluation distributions(Component rows, Positives positives, float[] quality, SideGradient upstream) {
        float[] weights = new float[4 * positives.count()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = quality[i / 4] / 4;
        }
        Batch batch = new Batch.Rows(
                Floats.of(upstream.logits()),
                weights.length,
                code.bins(),
                List.of(Floats.of(positives.targetDistances(code.reach()))));
        Evaluation value = rows.evaluate(
                batch, divisor(rows, quality), Weights.perElement(Floats.of(weights)), Floats.of(upstream.rows()));
        Finite.require("distribution", FloatBuffer.wrap(upstream.rows()));
        return value;
    }

    private static Normalizer divisor(Component component, float[] quality) {
        double sum = 0;
        for (float q : quality) {
            sum += component.config().divide() == Division.POSITIVES ? 1 : q;
        }
        return Normalizer.given(Math.max(1, sum));
    }

    /** The gradient by the sides that {@link #evaluate} wrote. */
    Tensor gradient(Tensor sides) {
        return gradient.like(sides);
    }

    /** Makes the gradient 0 again, for the next step. */
    void erase(Tensor sides, SideGradient upstream) {
        upstream.erase(gradient.floats(sides.elements()));
    }
}
