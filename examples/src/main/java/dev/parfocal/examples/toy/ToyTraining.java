package dev.parfocal.examples.toy;

import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Options;
import dev.parfocal.training.engine.Scope;
import java.util.function.Function;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A toy head in training: forward, a loss's gradient, backward, AdamW. What the loss is to be is the example's own. */
public final class ToyTraining {

    private final Anchors anchors;
    private final Tensor features;
    private final Head head;
    private final AdamW optimizer;

    /**
     * A head at its start; equal calls give equal heads.
     *
     * @param prior the probability that every class starts with, in (0, 1)
     */
    public ToyTraining(Anchors anchors, double prior) {
        this.anchors = anchors;
        torch.manual_seed(1);
        features = anchors.tensor();
        head = new Head(prior);
        optimizer = new AdamW(head.parameters(), new AdamWOptions(1e-2));
    }

    /** Takes a step down a loss. */
    public Evaluation step(LossFunction loss, Options options) {
        return step(logits -> {
            Tensor gradient = torch.empty_like(logits);
            Evaluation value = loss.evaluate(batch(logits), options, TensorMemory.of(gradient));
            return new Slope(value, gradient);
        });
    }

    /** A loss's value and its gradient by the logits. */
    public record Slope(Evaluation value, Tensor gradient) {}

    /** Takes a step down what the example makes of the logits {@code [anchors, CLASSES]}. */
    public Evaluation step(Function<Tensor, Slope> loss) {
        return Scope.recorded(() -> {
            Tensor logits = head.forward(features);
            Slope slope = loss.apply(logits);
            optimizer.zero_grad();
            Head.backward(logits, slope.gradient());
            optimizer.step();
            return slope.value();
        });
    }

    /** The batch of a loss: logits in place, labels, quality 1. */
    public Batch batch(Tensor logits) {
        return new Batch.Sparse(
                TensorMemory.of(logits), anchors.count(), Anchors.CLASSES, anchors.labels(), anchors.quality());
    }

    /** The share of objects that the head finds among anchors it never saw. */
    public double recall() {
        Anchors unseen = Anchors.draw(4000, 77);
        return Scope.unrecorded(() -> unseen.recall(TensorMemory.copy(head.forward(unseen.tensor()))));
    }
}
