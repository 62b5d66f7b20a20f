package dev.parfocal.examples;

import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Options;
import dev.parfocal.examples.toy.Anchors;
import dev.parfocal.examples.toy.Head;
import dev.parfocal.examples.toy.TensorMemory;
import dev.parfocal.training.engine.Scope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A loss of one's own, written as text, in one's own PyTorch-for-Java loop. The engine never differentiates the loss: a
 * kernel reads the logits where they are and writes the gradient, and one backward pass takes it from there.
 */
public final class OwnLoss {

    private static final String TEXT = """
            # Floored focal loss: focal loss whose weight has a floor.
            # An example of this library.
            loss floored_focal(logit; target in [0, 1])

            param gamma = 2   in [0, 5] "focusing exponent"
            param least = 0.1 in [0, 1] "smallest weight of an example"
            normalize by positives
            prior 0.01

            p = sigmoid(logit)
            p_t = target * p + (1 - target) * (1 - p)
            cross_entropy = -(target * log(p) + (1 - target) * log(1 - p))
            (least + (1 - least) * (1 - p_t)^gamma) * cross_entropy
            """;

    private static final int STEPS = 150;

    private OwnLoss() {}

    /** Trains a toy head and says how the loss fell. */
    public static void main(String[] arguments) {
        torch.manual_seed(1);
        LossFunction loss = LossFunction.of(Loss.parse(TEXT));
        Head head = new Head(loss.loss().recipe().prior().orElseThrow());
        AdamW optimizer = new AdamW(head.parameters(), new AdamWOptions(1e-2));
        Anchors anchors = Anchors.draw(4000, 1);
        Tensor features = anchors.tensor();
        double first = step(head, features, anchors, loss, optimizer);
        double last = first;
        for (int i = 1; i < STEPS; i++) {
            last = step(head, features, anchors, loss, optimizer);
        }
        Anchors unseen = Anchors.draw(2000, 2);
        double recall = unseen.recall(TensorMemory.copy(head.forward(unseen.tensor())));
        System.out.printf(
                "%s: %.3f at the first step, %.3f at the last; it finds %.0f %% of the objects it never saw%n",
                loss.loss().name(), first, last, 100 * recall);
        if (!(last < first / 2 && recall > 0.8)) {
            throw new IllegalStateException("the head did not learn");
        }
    }

    private static double step(Head head, Tensor features, Anchors anchors, LossFunction loss, AdamW optimizer) {
        return Scope.recorded(() -> {
            Tensor logits = head.forward(features);
            Tensor gradient = torch.empty_like(logits);
            Batch batch = new Batch.Sparse(
                    TensorMemory.of(logits), anchors.count(), Anchors.CLASSES, anchors.labels(), anchors.quality());
            Evaluation value = loss.evaluate(batch, Options.of(loss.loss().recipe()), TensorMemory.of(gradient));
            optimizer.zero_grad();
            Head.backward(logits, gradient);
            optimizer.step();
            return value.value();
        });
    }
}
