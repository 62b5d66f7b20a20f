package dev.parfocal.examples;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.schedule.Schedule;
import dev.parfocal.examples.toy.Anchors;
import dev.parfocal.examples.toy.TensorMemory;
import dev.parfocal.examples.toy.ToyTraining;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Two losses on the same logits, one of which takes over from the other along a schedule. */
public final class HandOver {

    private static final int STEPS = 120;

    private final LossFunction first = LossFunction.of(Catalogue.get("focal"));
    private final LossFunction second = LossFunction.of(Catalogue.get("varifocal"));

    private HandOver() {}

    /** Trains a toy head with focal loss that hands over to varifocal loss. */
    public static void main(String[] arguments) {
        HandOver losses = new HandOver();
        Schedule share = Schedule.parse("linear 0 to 1 during 0.3 to 0.6");
        ToyTraining training = new ToyTraining(Anchors.draw(4000, 1), 0.01);
        for (int step = 0; step < STEPS; step++) {
            double now = share.at(step, STEPS);
            Evaluation value = training.step(logits -> losses.blend(training, logits, now));
            if (step % 30 == 0 || step == STEPS - 1) {
                System.out.printf("step %3d: varifocal's share %.2f, loss %.4f%n", step, now, value.value());
            }
        }
        System.out.printf("finds %.0f %% of unseen objects%n", 100 * training.recall());
        if (training.recall() < 0.8) {
            throw new IllegalStateException("the head did not learn");
        }
    }

    private ToyTraining.Slope blend(ToyTraining training, Tensor logits, double share) {
        Tensor gradient = torch.empty_like(logits);
        Tensor other = torch.empty_like(logits);
        Evaluation a = evaluate(first, training, logits, 1 - share, TensorMemory.of(gradient));
        Evaluation b = evaluate(second, training, logits, share, TensorMemory.of(other));
        Evaluation sum = new Evaluation(a.value() + b.value(), a.sum() + b.sum(), a.normalizer(), a.positives(), null);
        return new ToyTraining.Slope(sum, gradient.add(other));
    }

    private static Evaluation evaluate(
            LossFunction function, ToyTraining training, Tensor logits, double scale, Floats gradient) {
        Loss loss = function.loss();
        return function.evaluate(
                training.batch(logits), Options.of(loss.recipe()).withScale(scale), gradient);
    }
}
