package dev.parfocal.training.criterion;

import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Weights;
import dev.parfocal.training.engine.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A pointwise loss on a branch of an output, on the rows that own an object: how central they lie, how good their boxes are.
 */
public final class BranchLoss implements Task {
    private final Optional<String> output;
    private final String branch;
    private final Component component;
    private final LossComponent.Target target;
    private final GradientBuffer gradient = new GradientBuffer();
    private int[] written = new int[0];
    private long size;

    /**
     * On a branch.
     *
     * @param output that has the branch; empty: the one that detections are made from
     * @param target what is learnt: the centerness, or else the quality of the box
     */
    public BranchLoss(Optional<String> output, String branch, Component component, LossComponent.Target target) {
        this.output = output;
        this.branch = branch;
        this.component = component;
        this.target = target;
    }

    @Override
    public String name() {
        return output.isPresent() ? DETECTION : component.name();
    }

    @Override
    public List<Component> components() {
        return List.of(component);
    }

    @Override
    public List<Contribution> evaluate(MatchedBatch batch) {
        MatchedOutput matched = output.map(batch::output).orElseGet(batch::result);
        Tensor numbers = matched.output().branch(branch);
        Positives positives = matched.positives();
        int count = positives.count();
        FloatBuffer all = numbers.onHost().floats();
        float[] logits = new float[count];
        for (int i = 0; i < count; i++) {
            logits[i] = all.get(positives.row()[i]);
        }
        float[] slopes = new float[count];
        float[] targets = target == LossComponent.Target.CENTERNESS ? positives.centerness() : positives.iou();
        float[] weights = matched.weights(
                LossComponent.Weighting.EQUAL, component.config().divide());
        Evaluation value = component.evaluate(
                new Batch.Dense(Floats.of(logits), count, 1, List.of(Floats.of(targets))),
                matched.divisor(component.config().divide(), weights),
                Weights.perElement(Floats.of(weights)),
                Floats.of(slopes),
                batch.settings(),
                GatheredRows.of(positives));
        return List.of(Contribution.of(component.name(), value, numbers, scattered(numbers, positives.row(), slopes)));
    }

    /** A dense gradient with the given numbers at the given rows; only the rows of the last call are erased. */
    private Tensor scattered(Tensor numbers, int[] rows, float[] slopes) {
        FloatBuffer before = gradient.floats(size);
        for (int row : written) {
            before.put(row, 0);
        }
        size = numbers.elements();
        FloatBuffer dense = gradient.floats(size);
        for (int i = 0; i < rows.length; i++) {
            dense.put(rows[i], slopes[i]);
        }
        written = rows;
        return gradient.like(numbers);
    }
}
