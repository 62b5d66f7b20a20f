package dev.parfocal.training.engine;

import dev.parfocal.training.engine.Weight.Declaration;
import dev.parfocal.training.engine.Weight.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where blocks get their layers from. Layers declare weights while a model is built; {@link #finish()} lays all of
 * them out in flat memory, after which the model can run.
 *
 * <p>Initial values depend on the seed and the weight's name only, so adding a layer does not change the others.
 */
public final class Layers {
    private final List<Declaration> declarations = new ArrayList<>();
    private final long seed;
    private final List<Weight> weights = new ArrayList<>();
    private boolean training;
    private Predicate<String> held = layer -> false;
    private @Nullable BiConsumer<String, Tensor> watcher;

    /** Layers whose initial values follow from {@code seed}. */
    public Layers(long seed) {
        this.seed = seed;
    }

    /** The kernel of a convolution {@code [out, in, height, width]} or of a linear layer {@code [out, in]}. */
    Supplier<Tensor> kernel(String name, Initializer initializer, long... shape) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + name.hashCode());
        return declare(new Declaration(name, Role.DECAYED, shape, initializer.draw(random, shape)));
    }

    /** A kernel that starts at 0: that of a layer whose output is to follow from its bias alone at first. */
    Supplier<Tensor> zeroKernel(String name, long... shape) {
        return declare(new Declaration(name, Role.DECAYED, shape, filled(0, shape)));
    }

    /** A weight of given values in row-major order, without weight decay. */
    Supplier<Tensor> values(String name, float[] values, long... shape) {
        return declare(new Declaration(name, Role.PLAIN, shape, values.clone()));
    }

    /** A weight of one value, without weight decay. */
    public Supplier<Tensor> constant(String name, double value, long... shape) {
        return declare(new Declaration(name, Role.PLAIN, shape, filled(value, shape)));
    }

    /** A running statistic of one value. */
    public Supplier<Tensor> statistic(String name, double value, long... shape) {
        return declare(new Declaration(name, Role.STATISTIC, shape, filled(value, shape)));
    }

    /** Lays out all declared weights; no layer may be added after it. */
    public Weights finish() {
        return finish(Parts.NONE);
    }

    /** The same, with the weights of each part one behind the other. */
    public Weights finish(Parts parts) {
        parts.requireAll(declarations.stream().map(Declaration::name).toList());
        Weights laidOut = new Weights(declarations, parts);
        weights.addAll(laidOut.all());
        return laidOut;
    }

    /** Whether the model trains (batch statistics) or is used (running statistics). */
    public boolean training() {
        return training;
    }

    /** Switches between training and use. */
    public void training(boolean on) {
        training = on;
    }

    /** Keeps the running statistics of some layers, by the layer's name, as they are: they normalise by them in training too. */
    public void hold(Predicate<String> layers) {
        held = layers;
    }

    /** Whether a layer normalises by the batch that it sees, and its running statistics follow. */
    boolean followsBatch(String layer) {
        return training && !held.test(layer);
    }

    /** Shows every layer's output to a watcher as soon as it is computed; null: to nobody. */
    public void watch(@Nullable BiConsumer<String, Tensor> watcher) {
        this.watcher = watcher;
    }

    /** Shows a layer's output to the watcher, and returns it. */
    Tensor passed(String layer, Tensor output) {
        if (watcher != null) {
            watcher.accept(layer, output);
        }
        return output;
    }

    private Supplier<Tensor> declare(Declaration declaration) {
        if (declarations.stream().anyMatch(d -> d.name().equals(declaration.name()))) {
            throw new IllegalArgumentException("two weights are named " + declaration.name());
        }
        declarations.add(declaration);
        return new Lookup(declaration.name());
    }

    /** A layer's handle on its weight, resolved at its first use. */
    private final class Lookup implements Supplier<Tensor> {
        private final String name;
        private @Nullable Tensor tensor;

        Lookup(String name) {
            this.name = name;
        }

        @Override
        public Tensor get() {
            Tensor found = tensor;
            if (found == null) {
                found = weights.stream()
                        .filter(w -> w.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("finish() comes before the first use"))
                        .value();
                tensor = found;
            }
            return found;
        }
    }

    private static float[] filled(double value, long... shape) {
        float[] values = new float[elements(shape)];
        Arrays.fill(values, (float) value);
        return values;
    }

    private static int elements(long... shape) {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }
}
