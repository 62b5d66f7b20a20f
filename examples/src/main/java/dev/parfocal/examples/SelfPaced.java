package dev.parfocal.examples;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.curriculum.Pace;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.loss.Weights;
import dev.parfocal.core.schedule.Schedule;
import dev.parfocal.examples.toy.Anchors;
import dev.parfocal.examples.toy.TensorMemory;
import dev.parfocal.examples.toy.ToyTraining;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Self-paced learning (Kumar et al., 2010) on data whose labels are partly wrong: objects of a high loss count for nothing
 * until the share that is let in has grown. Wrong labels have high losses, so few of them are ever learnt from.
 */
public final class SelfPaced {

    private static final int STEPS = 150;
    private static final int EVERY = 4;

    private final Loss loss = Catalogue.get("focal");
    private final LossFunction function = LossFunction.of(loss);
    private final Anchors anchors = Anchors.draw(8000, 1);
    private final int[] objects = IntStream.range(0, anchors.count())
            .filter(i -> anchors.labels()[i] >= 0)
            .toArray();
    private final boolean[] wrong = new boolean[objects.length];
    private int wrongAmongChosen;
    private int chosen;

    private SelfPaced() {
        for (int i = 0; i < objects.length; i += EVERY) {
            wrong[i] = true;
            anchors.labels()[objects[i]] = (anchors.labels()[objects[i]] + 1) % Anchors.CLASSES;
        }
    }

    /** Trains a toy head on labels of which every fourth is wrong. */
    public static void main(String[] arguments) {
        SelfPaced example = new SelfPaced();
        Schedule share = Schedule.parse("linear 0.5 to 0.75");
        ToyTraining training = new ToyTraining(example.anchors, 0.01);
        for (int step = 0; step < STEPS; step++) {
            double now = share.at(step, STEPS);
            training.step(logits -> example.slope(training, logits, now));
        }
        double wrongShare = example.wrongAmongChosen / (double) example.chosen;
        System.out.printf(
                "of all objects %d %% are labelled wrong, of those learnt from at the end %.0f %%; finds %.0f %% of unseen ones%n",
                100 / EVERY, 100 * wrongShare, 100 * training.recall());
        if (wrongShare > 0.5 / EVERY) {
            throw new IllegalStateException("the wrong labels were not told from the right ones");
        }
    }

    private ToyTraining.Slope slope(ToyTraining training, Tensor logits, double share) {
        Tensor gradient = torch.empty_like(logits);
        Floats memory = TensorMemory.of(gradient);
        float[] values = new float[anchors.count() * Anchors.CLASSES];
        Options options = Options.of(loss.recipe());
        function.evaluate(training.batch(logits), options.withValues(Floats.of(values)), memory);
        Weights weights = Weights.perAnchor(Floats.of(weights(values, share)));
        return new ToyTraining.Slope(
                function.evaluate(training.batch(logits), options.withWeights(weights), memory), gradient);
    }

    /** 1 for every background anchor and for the objects that are let in. */
    private float[] weights(float[] values, double share) {
        double[] losses = Arrays.stream(objects)
                .mapToDouble(anchor -> sum(values, anchor))
                .toArray();
        double[] paced = Pace.easiest(losses, share);
        float[] weights = new float[anchors.count()];
        Arrays.fill(weights, 1);
        chosen = 0;
        wrongAmongChosen = 0;
        for (int i = 0; i < objects.length; i++) {
            weights[objects[i]] = (float) paced[i];
            chosen += paced[i] > 0 ? 1 : 0;
            wrongAmongChosen += paced[i] > 0 && wrong[i] ? 1 : 0;
        }
        return weights;
    }

    private static double sum(float[] values, int anchor) {
        double sum = 0;
        for (int c = 0; c < Anchors.CLASSES; c++) {
            sum += values[anchor * Anchors.CLASSES + c];
        }
        return sum;
    }
}
