package dev.parfocal.training.weights.file;

import dev.parfocal.core.ParfocalException;
import java.util.List;

/**
 * What a file says of a tensor.
 *
 * @param type how its elements are stored
 * @param shape its dimensions, outermost first; empty for a single number
 */
public record TensorInfo(ElementType type, List<Long> shape) {
    /** More elements than fit into one Java array. */
    private static final long MOST = Integer.MAX_VALUE - 8;

    private static final int MOST_DIMENSIONS = 16;

    /** @throws ParfocalException if a dimension is negative or there are more elements than an array can hold */
    public TensorInfo {
        shape = List.copyOf(shape);
        if (shape.size() > MOST_DIMENSIONS) {
            throw new ParfocalException(
                    "a tensor of " + shape.size() + " dimensions; " + MOST_DIMENSIONS + " is the most");
        }
        long elements = 1;
        for (long size : shape) {
            if (size < 0 || size > MOST || (elements *= size) > MOST) {
                throw new ParfocalException("a tensor of shape " + shape + " has more elements than can be read");
            }
        }
    }

    /** The shape as an array. */
    public long[] dimensions() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /** Number of elements. */
    public int elements() {
        return (int) shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    }
}
