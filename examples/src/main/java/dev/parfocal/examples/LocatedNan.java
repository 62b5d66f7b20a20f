package dev.parfocal.examples;

import dev.parfocal.core.guard.LossCulprit;
import dev.parfocal.core.guard.LossGuard;
import dev.parfocal.core.guard.NonFiniteLossException;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Options;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A loss that is not finite, located. No engine is needed: the logits may be an array, a PyTorch tensor's memory or a DJL
 * array's ({@code Floats.of(array.toByteBuffer(true))}).
 */
public final class LocatedNan {

    private static final String TEXT = """
            # Cross-entropy that forgot its sigmoid.
            # An example of what goes wrong.
            loss raw(logit; target in [0, 1])

            p = logit
            -target * log(p) - (1 - target) * log(1 - p)
            """;

    private static final int ANCHORS = 1000;
    private static final int CLASSES = 3;

    private LocatedNan() {}

    /** Evaluates the loss on logits of which one is outside the range that its log can take. */
    public static void main(String[] arguments) {
        ByteBuffer logits =
                ByteBuffer.allocateDirect(Float.BYTES * ANCHORS * CLASSES).order(ByteOrder.nativeOrder());
        for (int i = 0; i < ANCHORS * CLASSES; i++) {
            logits.putFloat(Float.BYTES * i, 0.25f);
        }
        logits.putFloat(Float.BYTES * (400 * CLASSES + 2), -0.5f);
        int[] labels = new int[ANCHORS];
        Arrays.fill(labels, Batch.BACKGROUND);
        labels[400] = 2;
        float[] quality = new float[ANCHORS];
        quality[400] = 1;
        Batch batch = new Batch.Sparse(Floats.of(logits), ANCHORS, CLASSES, labels, quality);
        LossFunction loss = LossFunction.of(Loss.parse(TEXT));
        Floats gradient = Floats.of(new float[ANCHORS * CLASSES]);
        try {
            LossGuard.evaluate(
                    "classification", loss, batch, Options.of(loss.loss().recipe()), gradient);
        } catch (NonFiniteLossException e) {
            LossCulprit culprit = e.culprit().orElseThrow();
            System.out.printf("caught: %s%n", e.getMessage());
            if (culprit.anchor() != 400
                    || culprit.classOf() != 2
                    || !culprit.cause().contains("log(")) {
                throw new IllegalStateException("the wrong element: " + culprit);
            }
            return;
        }
        throw new IllegalStateException("nothing was caught");
    }
}
