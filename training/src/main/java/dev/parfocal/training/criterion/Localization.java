package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Weights;
import dev.parfocal.training.criterion.LossComponent.Division;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.SideCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The losses on boxes of positive points: one on the decoded box, and one on the distributions of its sides if there is
 * one. Each point counts with its quality, detached, times its object's factor; the sum is divided by the sum of these
 * weights, at least 1.
 */
final class Localization implements Task {
    static final String BOX = "box";
    static final String DISTRIBUTION = "distribution";

    private final SideCode code;
    private final Component box;
    private final @Nullable Component distribution;
    private final SideBuffer sum;
    private final SideBuffer boxAlone;

    Localization(LossConfig losses, SideCode code) {
        this.code = code;
        box = Component.of(BOX, "loss.box", losses.box(), Kind.BOX, 0);
        LossComponent rows = losses.distribution();
        if (rows != null && code.bins() == 1) {
            throw new ParfocalException("loss.distribution needs boxes as distributions: set model.regMax above 0, or"
                    + " loss.distribution to null");
        }
        distribution =
                rows == null ? null : Component.of(DISTRIBUTION, "loss.distribution", rows, Kind.ROW, code.bins());
        sum = new SideBuffer();
        boxAlone = new SideBuffer();
    }

    @Override
    public String name() {
        return DETECTION;
    }

    @Override
    public Map<String, Loss> losses() {
        Map<String, Loss> losses = new LinkedHashMap<>();
        losses.put(BOX, box.loss());
        if (distribution != null) {
            losses.put(DISTRIBUTION, distribution.loss());
        }
        return losses;
    }

    @Override
    public List<Contribution> evaluate(Scene scene) {
        Tensor sides = scene.prediction().sides();
        float[] weights = scene.boxWeights();
        SideGradient upstream = SideGradient.of(code, sides, scene.positives());
        Map<String, Evaluation> values = new LinkedHashMap<>();
        List<Contribution> contributions = new ArrayList<>();
        if (distribution != null) {
            values.put(DISTRIBUTION, distributions(distribution, scene, weights, upstream));
            if (scene.separate()) {
                contributions.add(new Contribution(Map.copyOf(values), sides, sum.scattered(sides, upstream)));
                values.clear();
                upstream = SideGradient.of(code, sides, scene.positives());
            }
        }
        values.put(BOX, boxes(scene, weights, upstream));
        SideBuffer buffer = contributions.isEmpty() ? sum : boxAlone;
        contributions.add(new Contribution(values, sides, buffer.scattered(sides, upstream)));
        return contributions;
    }

    private Evaluation boxes(Scene scene, float[] weights, SideGradient upstream) {
        float[] corners = new float[4 * scene.positives().count()];
        Evaluation value = box.evaluate(
                batch(scene.positives()),
                divisor(box, weights),
                Weights.perElement(Floats.of(weights)),
                Floats.of(corners),
                scene.settings(),
                scene.positives().point());
        upstream.addBoxes(scene.decoded(), corners);
        return value;
    }

    private static Batch batch(Positives positives) {
        return new Batch.Boxes(Floats.of(positives.predicted()), Floats.of(positives.target()), positives.count());
    }

    /** The loss of each positive point's box, times the configured weight. */
    float[] ofPositives(Positives positives, StepSettings settings) {
        return box.values(batch(positives), settings);
    }

    private Evaluation distributions(Component rows, Scene scene, float[] weights, SideGradient upstream) {
        float[] quarters = new float[4 * weights.length];
        for (int i = 0; i < quarters.length; i++) {
            quarters[i] = weights[i / 4] / 4;
        }
        Batch batch = new Batch.Rows(
                Floats.of(upstream.logits()),
                quarters.length,
                code.bins(),
                List.of(Floats.of(scene.positives().targetDistances(code.reach()))));
        return rows.evaluate(
                batch,
                divisor(rows, weights),
                Weights.perElement(Floats.of(quarters)),
                Floats.of(upstream.rows()),
                scene.settings(),
                scene.positives().point());
    }

    private static Normalizer divisor(Component component, float[] weights) {
        double sum = 0;
        for (float weight : weights) {
            sum += component.config().divide() == Division.POSITIVES ? 1 : weight;
        }
        return Normalizer.given(Math.max(1, sum));
    }
}
