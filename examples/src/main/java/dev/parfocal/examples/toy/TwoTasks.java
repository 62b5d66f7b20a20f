package dev.parfocal.examples.toy;

import dev.parfocal.core.balance.Balancer;
import dev.parfocal.core.balance.Gram;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Options;
import dev.parfocal.training.engine.Scope;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One shared layer and two heads on it: the class of an anchor by focal loss, and a noisy number by a squared error in units that
 * make it large.
 */
public final class TwoTasks {

    private static final int SHARED = 16;
    private static final int COUNT = 2000;
    private static final double SCALE = 4000;
    private static final double PRIOR = 0.01;
    private static final LossFunction FOCAL = LossFunction.of(Catalogue.get("focal"));
    private static final LossFunction SQUARES =
            LossFunction.of(Catalogue.get("smooth_l1").with("beta", 100));

    private final Anchors anchors = Anchors.draw(COUNT, 1);
    private final Tensor features = anchors.tensor();
    private final float[] numbers = new float[COUNT];
    private final LinearImpl shared;
    private final LinearImpl classes;
    private final LinearImpl number;
    private final SGD optimizer;

    /** Equal at every call. */
    public TwoTasks() {
        torch.manual_seed(3);
        shared = new LinearImpl(Anchors.FEATURES, SHARED);
        classes = new LinearImpl(SHARED, Anchors.CLASSES);
        number = new LinearImpl(SHARED, 1);
        Scope.unrecorded(() -> classes.bias().fill_(new Scalar(-Math.log((1 - PRIOR) / PRIOR))));
        Random random = new Random(4);
        for (int i = 0; i < COUNT; i++) {
            numbers[i] = (float) (3 * anchors.features()[i * Anchors.FEATURES] + 3 * random.nextGaussian());
        }
        optimizer = new SGD(
                new TensorVector(
                        shared.weight(),
                        shared.bias(),
                        classes.weight(),
                        classes.bias(),
                        number.weight(),
                        number.bias()),
                new SGDOptions(1e-4));
    }

    /**
     * What a step saw.
     *
     * @param losses before their weights
     * @param gram inner products of the gradients of the weighted losses at the shared layer's output
     */
    public record Seen(double[] losses, Gram gram) {
        /** The second gradient's norm over the first's. */
        public double ratio() {
            return gram.norm(1) / gram.norm(0);
        }
    }

    /** Takes a step down both losses as a balancer weights them, and tells it what was seen. */
    public Seen step(Balancer balancer) {
        return Scope.recorded(() -> {
            double[] weights = balancer.weights();
            Tensor common = torch.relu(shared.forward(features));
            Tensor logits = classes.forward(common);
            Tensor estimates = number.forward(common);
            Tensor byLogits = torch.empty_like(logits);
            Tensor byEstimates = torch.empty_like(estimates);
            Batch objects = new Batch.Sparse(
                    TensorMemory.of(logits), COUNT, Anchors.CLASSES, anchors.labels(), anchors.quality());
            Batch regression = new Batch.Dense(TensorMemory.of(estimates), COUNT, 1, List.of(Floats.of(numbers)));
            double first = evaluate(FOCAL, objects, weights[0], byLogits);
            double second = evaluate(SQUARES, regression, SCALE * weights[1], byEstimates);
            Gram gram = Gram.of(atShared(logits, byLogits, common), atShared(estimates, byEstimates, common));
            optimizer.zero_grad();
            torch.backward(
                    new TensorVector(logits, estimates),
                    new TensorVector(byLogits, byEstimates),
                    new BoolOptional(),
                    false,
                    new TensorVector());
            optimizer.step();
            double[] losses = {first / weights[0], second / weights[1]};
            balancer.update(losses, gram);
            return new Seen(losses, gram);
        });
    }

    private static double evaluate(LossFunction loss, Batch batch, double scale, Tensor gradient) {
        Options options = Options.of(loss.loss().recipe()).withScale(scale);
        return loss.evaluate(batch, options, TensorMemory.of(gradient)).value();
    }

    /** The gradient of one loss at the shared layer's output; what was recorded stays for the whole backward pass. */
    private static float[] atShared(Tensor output, Tensor gradient, Tensor common) {
        TensorVector found = torch.grad(
                new TensorVector(output),
                new TensorVector(common),
                new TensorVector(gradient),
                new BoolOptional(true),
                false,
                false);
        return TensorMemory.copy(found.get(0).contiguous());
    }
}
