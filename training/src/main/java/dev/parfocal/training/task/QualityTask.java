package dev.parfocal.training.task;

import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Weights;
import dev.parfocal.training.criterion.Component;
import dev.parfocal.training.criterion.Contribution;
import dev.parfocal.training.criterion.GradientBuffer;
import dev.parfocal.training.criterion.MatchedBatch;
import dev.parfocal.training.criterion.MatchedOutput;
import dev.parfocal.training.criterion.Positives;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Branch;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** Estimates how good the box of a point is, on the points that own an object. */
final class QualityTask implements BranchTask {
    private final QualityConfig config;
    private final Component component;
    private final GradientBuffer gradient = new GradientBuffer();
    private int[] written = new int[0];
    private long size;

    QualityTask(QualityConfig config) {
        this.config = config;
        component = BranchTask.component(QualityConfig.BRANCH, config.task(), 1);
    }

    @Override
    public String name() {
        return QualityConfig.BRANCH;
    }

    @Override
    public Map<String, Loss> losses() {
        return Map.of(QualityConfig.BRANCH, component.loss());
    }

    @Override
    public Branch branch() {
        return new Branch(QualityConfig.BRANCH, Branch.Place.BOX, 1, Branch.Link.NONE, 0);
    }

    @Override
    public List<Contribution> evaluate(MatchedBatch batch) {
        MatchedOutput matched = batch.result();
        Tensor output = matched.output().branch(QualityConfig.BRANCH);
        Positives positives = matched.positives();
        int count = positives.count();
        FloatBuffer all = output.floats();
        float[] logits = new float[count];
        for (int i = 0; i < count; i++) {
            logits[i] = all.get(positives.row()[i]);
        }
        float[] slopes = new float[count];
        Batch rows = new Batch.Dense(Floats.of(logits), count, 1, List.of(Floats.of(targets(positives))));
        Evaluation value = component.evaluate(
                rows,
                Normalizer.given(Math.max(1, sum(matched.factor()))),
                Weights.perElement(Floats.of(matched.factor())),
                Floats.of(slopes),
                batch.settings(),
                positives.row());
        return List.of(
                Contribution.of(QualityConfig.BRANCH, value, output, scattered(output, positives.row(), slopes)));
    }

    private float[] targets(Positives positives) {
        return config.target() == QualityConfig.Target.IOU ? positives.iou() : positives.centerness();
    }

    private static double sum(float[] numbers) {
        double sum = 0;
        for (float number : numbers) {
            sum += number;
        }
        return sum;
    }

    /** A dense gradient with the given numbers at the given points; only the points of the last call are erased. */
    private Tensor scattered(Tensor output, int[] points, float[] numbers) {
        FloatBuffer before = gradient.floats(size);
        for (int point : written) {
            before.put(point, 0);
        }
        size = output.elements();
        FloatBuffer dense = gradient.floats(size);
        for (int i = 0; i < points.length; i++) {
            dense.put(points[i], numbers[i]);
        }
        written = points;
        return gradient.like(output);
    }
}
