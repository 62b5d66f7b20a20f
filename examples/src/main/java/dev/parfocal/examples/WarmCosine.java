package dev.parfocal.examples;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.schedule.Schedule;
import dev.parfocal.examples.toy.Anchors;
import dev.parfocal.examples.toy.Head;
import dev.parfocal.examples.toy.TensorMemory;
import dev.parfocal.training.engine.Scope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A learning rate that warms up and then falls along a cosine, in one's own loop: one line of text, one number per step. */
public final class WarmCosine {

    private static final int STEPS = 120;
    private static final double RATE = 0.02;

    private WarmCosine() {}

    /** Trains a toy head and says what the rate was. */
    public static void main(String[] arguments) {
        torch.manual_seed(1);
        Schedule share = Schedule.parse("cosine 1 to 0.01 warmup 0.1 from 0.05");
        Loss focal = Catalogue.get("focal");
        LossFunction loss = LossFunction.of(focal);
        Anchors anchors = Anchors.draw(4000, 1);
        Tensor features = anchors.tensor();
        Head head = new Head(0.01);
        AdamW optimizer = new AdamW(head.parameters(), new AdamWOptions(RATE));
        for (int step = 0; step < STEPS; step++) {
            double rate = RATE * share.at(step, STEPS);
            optimizer.param_groups().get(0).options().set_lr(rate);
            double value = Scope.recorded(() -> {
                Tensor logits = head.forward(features);
                Tensor gradient = torch.empty_like(logits);
                Batch batch = new Batch.Sparse(
                        TensorMemory.of(logits), anchors.count(), Anchors.CLASSES, anchors.labels(), anchors.quality());
                optimizer.zero_grad();
                double sum = loss.evaluate(batch, Options.of(focal.recipe()), TensorMemory.of(gradient))
                        .value();
                Head.backward(logits, gradient);
                optimizer.step();
                return sum;
            });
            if (step % 20 == 0 || step == STEPS - 1) {
                System.out.printf("step %3d: rate %.5f, loss %.4f%n", step, rate, value);
            }
        }
        Anchors unseen = Anchors.draw(2000, 2);
        if (unseen.recall(TensorMemory.copy(head.forward(unseen.tensor()))) < 0.8) {
            throw new IllegalStateException("the head did not learn");
        }
    }
}
