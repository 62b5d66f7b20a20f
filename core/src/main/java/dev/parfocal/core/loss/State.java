package dev.parfocal.core.loss;

/**
 * A number that a loss keeps between batches: a constant to the gradient, which after each batch moves towards the mean of
 * something over the elements that count. {@link LossFunction} holds its value.
 *
 * @param name as the text declares it
 * @param initialValue what it is before the first batch
 * @param min the smallest value that it takes
 * @param max the largest value that it takes
 * @param momentum the share of the newest batch, in (0, 1]
 * @param meaning one phrase for people
 */
public record State(String name, double initialValue, double min, double max, double momentum, String meaning) {

    /** The value after a batch with a mean; NaN, of a batch in which nothing counts or overflows, leaves it as it is. */
    double next(double value, double mean) {
        double moved = value + momentum * (Math.max(min, Math.min(max, mean)) - value);
        return Double.isNaN(moved) ? value : moved;
    }
}
