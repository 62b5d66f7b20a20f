package dev.parfocal.training.model;

import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Precision;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weight;
import dev.parfocal.training.engine.Weights;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An anchor-free detector on a feature pyramid: backbone, neck, head. */
public final class DetectorModel {
    private final Layers layers;
    private final Backbone backbone;
    private final Neck neck;
    private final Head head;
    private final Weights weights;
    private final List<Tensor> ofHead;
    private final ModelConfig config;
    private final int classCount;

    /**
     * A model with initial weights.
     *
     * @param classCount at least 1
     * @param prior probability that every class starts with, in (0, 1)
     * @param seed equal seeds give equal weights
     */
    public DetectorModel(ModelConfig config, int classCount, double prior, long seed) {
        this(config, classCount, prior, seed, List.of());
    }

    /** A model with further outputs. They do not change the initial weights of the others. */
    public DetectorModel(ModelConfig config, int classCount, double prior, long seed, List<Branch> branches) {
        this.config = config;
        this.classCount = classCount;
        layers = new Layers(seed);
        backbone = new Backbone(layers, config);
        neck = new Neck(layers, config);
        head = new Head(layers, config, classCount, prior, branches);
        weights = layers.finish();
        ofHead = weights.all().stream()
                .filter(w -> w.name().startsWith(Head.PREFIX) && w.role() != Weight.Role.STATISTIC)
                .map(Weight::value)
                .toList();
    }

    /** Predictions for images {@code [batch, 3, height, width]}, channels last, values about -1 to 1. */
    public Prediction forward(Tensor images) {
        Precision precision = layers.training() ? config.precision() : Precision.FLOAT32;
        return precision.run(() -> head.forward(neck.forward(backbone.forward(images)), ofHead));
    }

    /** Switches between training (batch statistics) and use (running statistics). */
    public void training(boolean on) {
        layers.training(on);
    }

    /** Shows every layer's output, by the layer's name, to a watcher as soon as it is computed; null: to nobody. */
    public void watch(@Nullable BiConsumer<String, Tensor> watcher) {
        layers.watch(watcher);
    }

    /** Its weights. */
    public Weights weights() {
        return weights;
    }

    /** Its measures. */
    public ModelConfig config() {
        return config;
    }

    /** Number of classes. */
    public int classCount() {
        return classCount;
    }
}
