package dev.parfocal.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Loss;

/**
 * The start of the last layer's bias: {@code -log((1 - prior) / prior)}, so that every anchor begins with the
 * probability {@code prior} for every class.
 *
 * <p>Nearly all anchors are background. Without this start their sum drowns the few positives in the first steps, and
 * plain cross-entropy diverges (Lin et al., ICCV 2017, section 4.1). The prior is part of a loss's recipe.
 *
 * <pre>{@code
 * Block last = Linear.builder().setUnits(classes).build();
 * last.setInitializer(PriorBias.of(loss), Parameter.Type.BIAS);   // before the network is initialised
 * }</pre>
 */
public final class PriorBias implements Initializer {

    private final double prior;

    private PriorBias(double prior) {
        this.prior = prior;
    }

    /**
     * From a loss's recipe.
     *
     * @throws ParfocalException if its recipe states no prior: a box loss, say
     */
    public static PriorBias of(Loss loss) {
        return of(loss.recipe()
                .prior()
                .orElseThrow(() -> new ParfocalException("the recipe of the loss " + loss.name()
                        + " states no prior: leave the bias as it is, or choose one with PriorBias.of(0.01)")));
    }

    /** @param prior the probability at the start, in (0, 1) */
    public static PriorBias of(double prior) {
        if (!(prior > 0 && prior < 1)) {
            throw new ParfocalException("a prior is a probability in (0, 1), not " + prior);
        }
        return new PriorBias(prior);
    }

    /** The bias: {@code -log((1 - prior) / prior)}. */
    public float value() {
        return (float) (Math.log(prior) - Math.log1p(-prior));
    }

    @Override
    public NDArray initialize(NDManager manager, Shape shape, DataType type) {
        return manager.full(shape, value(), type);
    }

    /**
     * Overwrites the biases of a layer that is initialised already.
     *
     * @throws ParfocalException if the layer has no bias, or is not initialised yet
     */
    public void fill(Block layer) {
        boolean found = false;
        for (Parameter parameter : layer.getParameters().values()) {
            if (parameter.getType() == Parameter.Type.BIAS) {
                found = true;
                overwrite(parameter);
            }
        }
        if (!found) {
            throw new ParfocalException("the layer has no bias to set: " + layer);
        }
    }

    private void overwrite(Parameter parameter) {
        if (!parameter.isInitialized()) {
            throw new ParfocalException("the bias is not initialised yet: initialise the network first, or use"
                    + " layer.setInitializer(PriorBias.of(loss), Parameter.Type.BIAS) before");
        }
        NDArray bias = parameter.getArray();
        try (NDArray start = initialize(bias.getManager(), bias.getShape(), bias.getDataType())) {
            start.copyTo(bias);
        }
    }
}
