package dev.parfocal.examples;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.clip.AdaptiveClip;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Options;
import dev.parfocal.examples.toy.Anchors;
import dev.parfocal.examples.toy.Head;
import dev.parfocal.examples.toy.TensorMemory;
import dev.parfocal.training.engine.Scope;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Adaptive gradient clipping in one's own loop, at a learning rate that is far too high without it: no output channel
 * moves by more than a share of its own length per step.
 */
public final class ClippedGradients {

    private static final int STEPS = 60;
    private static final double RATE = 20;

    /** How far a channel goes in a step at most, as a share of its length. */
    private static final double MOVE = 0.05;

    private ClippedGradients() {}

    /** Trains a toy head with and without clipping and says how low the loss is. */
    public static void main(String[] arguments) {
        double without = train(false);
        double with = train(true);
        System.out.printf(
                "SGD at rate %.0f: the loss after %d steps is %.4f, with adaptive clipping %.4f%n",
                RATE, STEPS, without, with);
        if (!(with < 0.1) || without < 2 * with) {
            throw new IllegalStateException("clipping did not help");
        }
    }

    private static double train(boolean clipped) {
        torch.manual_seed(1);
        LossFunction loss = LossFunction.of(Catalogue.get("focal"));
        AdaptiveClip clip = new AdaptiveClip(MOVE / RATE, 1e-3);
        Anchors anchors = Anchors.draw(4000, 1);
        Tensor features = anchors.tensor();
        Head head = new Head(0.01);
        SGD optimizer = new SGD(head.parameters(), new SGDOptions(RATE));
        double value = Double.NaN;
        for (int step = 0; step < STEPS; step++) {
            value = step(head, features, anchors, loss, clipped ? clip : null);
            optimizer.step();
            optimizer.zero_grad();
        }
        return value;
    }

    private static double step(
            Head head, Tensor features, Anchors anchors, LossFunction loss, @Nullable AdaptiveClip clip) {
        return Scope.recorded(() -> {
            Tensor logits = head.forward(features);
            Tensor gradient = torch.empty_like(logits);
            Batch batch = new Batch.Sparse(
                    TensorMemory.of(logits), anchors.count(), Anchors.CLASSES, anchors.labels(), anchors.quality());
            Options options = Options.of(loss.loss().recipe());
            double value =
                    loss.evaluate(batch, options, TensorMemory.of(gradient)).value();
            Head.backward(logits, gradient);
            if (clip != null) {
                clip(clip, head.parameters());
            }
            return value;
        });
    }

    private static void clip(AdaptiveClip clip, TensorVector parameters) {
        for (long i = 0; i < parameters.size(); i++) {
            Tensor parameter = parameters.get(i);
            int units = parameter.dim() > 1 ? (int) parameter.size(0) : 1;
            clip.clip(TensorMemory.of(parameter), TensorMemory.of(parameter.grad()), units);
        }
    }
}
