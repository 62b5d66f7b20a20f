package dev.parfocal.examples.toy;

import dev.parfocal.training.engine.Scope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A detector's head in miniature: two linear layers from an anchor's features to a logit for each class. */
public final class Head {

    private static final int HIDDEN = 32;

    private final LinearImpl hidden = new LinearImpl(Anchors.FEATURES, HIDDEN);
    private final LinearImpl logits = new LinearImpl(HIDDEN, Anchors.CLASSES);

    /**
     * A head whose classes all start with one probability.
     *
     * @param prior in (0, 1), from the loss's recipe
     */
    public Head(double prior) {
        Scalar start = new Scalar(-Math.log((1 - prior) / prior));
        Scope.unrecorded(() -> logits.bias().fill_(start));
    }

    /** Logits {@code [anchors, CLASSES]} of features {@code [anchors, FEATURES]}. */
    public Tensor forward(Tensor features) {
        return logits.forward(torch.relu(hidden.forward(features)));
    }

    /** Adds to the parameters' gradients what a loss's gradient by the logits makes of them. */
    public static void backward(Tensor logits, Tensor gradient) {
        torch.backward(
                new TensorVector(logits), new TensorVector(gradient), new BoolOptional(), false, new TensorVector());
    }

    /** What an optimiser changes. */
    public TensorVector parameters() {
        return new TensorVector(hidden.weight(), hidden.bias(), logits.weight(), logits.bias());
    }
}
