package dev.parfocal.training.golden;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What a golden file keeps of a tensor: its shape, the sum of its elements, of their magnitudes, its Euclidean norm, and
 * eight elements at row-major indices.
 */
public record Samples(long[] shape, double sum, double absolute, double norm, int[] at, double[] values) {
    /** Samples as they stand in a golden file. */
    public static Samples of(JsonNode node) {
        return new Samples(
                elements(node.get("shape")).mapToLong(JsonNode::asLong).toArray(),
                node.get("sum").doubleValue(),
                node.get("absolute").doubleValue(),
                node.get("norm").doubleValue(),
                elements(node.get("at")).mapToInt(JsonNode::asInt).toArray(),
                elements(node.get("values")).mapToDouble(JsonNode::doubleValue).toArray());
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /**
     * What is wrong with a tensor's values, or nothing where all agree. Elements may be off by the relative bound of their
     * own size or of the root mean square, whichever is larger; the sum by that of the sum of magnitudes.
     */
    public Optional<String> difference(float[] actual, double relative) {
        long count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        if (actual.length != count) {
            return Optional.of(actual.length + " elements where there should be " + Arrays.toString(shape));
        }
        double sum = 0;
        double squares = 0;
        for (float value : actual) {
            sum += value;
            squares += (double) value * value;
        }
        double size = norm / Math.sqrt(count);
        for (int i = 0; i < at.length; i++) {
            if (!(Math.abs(actual[at[i]] - values[i]) <= relative * Math.max(Math.abs(values[i]), size))) {
                return Optional.of("element " + at[i] + " is " + actual[at[i]] + ", should be " + values[i]);
            }
        }
        if (!(Math.abs(Math.sqrt(squares) - norm) <= relative * norm)) {
            return Optional.of("the norm is " + Math.sqrt(squares) + ", should be " + norm);
        }
        if (!(Math.abs(sum - this.sum) <= relative * absolute)) {
            return Optional.of("the sum is " + sum + ", should be " + this.sum);
        }
        return Optional.empty();
    }
}
