package dev.parfocal.training.model;

import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Parts;
import dev.parfocal.training.engine.Precision;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weight;
import dev.parfocal.training.engine.Weights;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A detector: a network with its weights. */
public final class DetectorModel {
    private final Layers layers;
    private final Network network;
    private final Weights weights;
    private final List<Tensor> ofHeads;
    private final ModelConfig config;
    private final Start start;
    private final Parts parts;

    /**
     * A model with initial weights.
     *
     * @param seed equal seeds give equal weights
     */
    public DetectorModel(ModelConfig config, Start start, long seed) {
        this(config, start, seed, Parts.NONE);
    }

    /**
     * The same, whose weights lie part by part.
     *
     * @throws dev.parfocal.core.ParfocalException if the model has no weights of a part
     */
    public DetectorModel(ModelConfig config, Start start, long seed, Parts parts) {
        this.config = config;
        this.start = start;
        this.parts = parts;
        layers = new Layers(seed);
        network = config.network(layers, start);
        weights = layers.finish(parts);
        List<String> prefixes = network.headPrefixes();
        ofHeads = weights.all().stream()
                .filter(w ->
                        w.role() != Weight.Role.STATISTIC && prefixes.stream().anyMatch(w.name()::startsWith))
                .map(Weight::value)
                .toList();
    }

    /** Predictions for images {@code [batch, 3, height, width]}, channels last, values about -1 to 1. */
    public Prediction forward(Tensor images) {
        return forward(images, Truth.UNKNOWN);
    }

    /** The same in training, for families that need the objects. */
    public Prediction forward(Tensor images, Truth truth) {
        Precision precision = layers.training() ? config.precision() : Precision.FLOAT32;
        return precision.run(() -> network.forward(images, truth)).behind(ofHeads);
    }

    /** Switches between training (batch statistics) and use (running statistics). */
    public void training(boolean on) {
        layers.training(on);
    }

    /**
     * Freezes parts: their normalisations use running statistics in training too, and do not move them. Weights are the
     * optimizer's to freeze.
     *
     * @param frozen names of the model's parts
     */
    public void freeze(Set<String> frozen) {
        layers.hold(layer -> parts.of(layer).filter(frozen::contains).isPresent());
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
        return start.classCount();
    }
}
