package dev.parfocal.core.balance;

import java.util.Map;

/**
 * Decides how much each of several losses counts. One step of a training loop:
 *
 * <ol>
 *   <li>multiply the losses by {@link #weights()};
 *   <li>if {@link #needs()} says gradients: take the gradient of each weighted loss at the layer that all share, its inner
 *       products as a {@link Gram}, and let the shared layers follow the sum of these gradients times {@link #combine};
 *   <li>tell it by {@link #update} what was seen.
 * </ol>
 *
 * <p>Not for several threads at once.
 */
public interface Balancer {

    /** What has to be measured in each step. */
    enum Needs {
        /** Nothing. */
        NOTHING,
        /** The losses. */
        LOSSES,
        /** The losses, and the gradient of each at the shared layer. */
        GRADIENTS
    }

    Needs needs();

    /** The factor of each loss in the next step, {@code [losses]}, within the limits. */
    double[] weights();

    /**
     * The factor of each weighted loss's gradient at the shared layer, {@code [losses]}. Ones unless the method changes
     * directions.
     *
     * @param gram inner products of the gradients of the weighted losses
     * @param draw decides what is left to chance; equal draws give equal factors
     */
    default double[] combine(Gram gram, long draw) {
        double[] ones = new double[gram.size()];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    /**
     * Learns from a step. Losses or gradients that are not finite are passed over.
     *
     * @param losses {@code [losses]} before the weights
     * @param gram inner products of the gradients of the weighted losses; {@link Gram#none()} if they are not needed
     */
    default void update(double[] losses, Gram gram) {}

    /** Everything that {@link #update} changes, by name; empty if nothing does. */
    default Map<String, double[]> state() {
        return Map.of();
    }

    /**
     * Takes back what {@link #state} gave.
     *
     * @throws dev.parfocal.core.ParfocalException if something is missing or belongs to another number of losses
     */
    default void restore(Map<String, double[]> state) {}
}
