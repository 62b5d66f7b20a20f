package dev.parfocal.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import java.util.Random;
import java.util.function.Consumer;

/** One forward and backward pass as DJL's trainer does it. */
final class Engines {

    /** What a pass yields: the loss, and its gradient with respect to the predictions. */
    record Pass(float value, float[] gradient) {}

    private static final Runnable NOTHING = () -> {};

    private Engines() {}

    static Pass pass(Loss loss, NDList labels, float[] predictions, Shape shape) {
        return pass(loss, labels, predictions, shape, NOTHING);
    }

    /** {@code between} runs between forward and backward. */
    static Pass pass(Loss loss, NDList labels, float[] predictions, Shape shape, Runnable between) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray leaf = manager.create(predictions, shape);
            leaf.setRequiresGradient(true);
            try (GradientCollector collector = collector()) {
                // An inner node of the graph, as the output of a network is.
                NDArray output = leaf.mul(manager.ones(shape));
                NDArray value = loss.evaluate(labels, new NDList(output));
                between.run();
                collector.backward(value);
                return new Pass(value.getFloat(), leaf.getGradient().toFloatArray());
            }
        }
    }

    static GradientCollector collector() {
        return Engine.getInstance().newGradientCollector();
    }

    static void withManager(Consumer<NDManager> body) {
        try (NDManager manager = NDManager.newBaseManager()) {
            body.accept(manager);
        }
    }

    /** Numbers in [low, high). */
    static float[] uniform(Random random, int n, float low, float high) {
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = low + (high - low) * random.nextFloat();
        }
        return numbers;
    }
}
