package dev.parfocal.training.weights;

import dev.parfocal.training.weights.file.WeightSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names and shapes of a file's tensors. Names are asked for as the network's authors write them; what wrappers put before
 * them, such as {@code module.}, does not count.
 *
 * @param byName dimensions, outermost first
 */
public record TensorShapes(Map<String, List<Long>> byName) {
    private static final int KERNEL_DIMENSIONS = 4;

    /** Those of a file. */
    public static TensorShapes of(WeightSource source) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        source.tensors().forEach((name, info) -> shapes.put(name, info.shape()));
        return new TensorShapes(shapes);
    }

    /** Whether there is a tensor of this name. */
    public boolean has(String name) {
        return shape(name).isPresent();
    }

    /** The first dimension of the first of these tensors that is there: a layer's outputs. */
    public Optional<Integer> outputs(String... names) {
        return dimension(0, names);
    }

    /** The second dimension of the first of these tensors that is there: a layer's inputs. */
    public Optional<Integer> inputs(String... names) {
        return dimension(1, names);
    }

    private Optional<Integer> dimension(int dimension, String... names) {
        return Arrays.stream(names)
                .flatMap(name -> shape(name).stream())
                .filter(shape -> shape.size() > dimension)
                .map(shape -> Math.toIntExact(shape.get(dimension)))
                .findFirst();
    }

    private Optional<List<Long>> shape(String name) {
        return byName.entrySet().stream()
                .filter(e -> e.getKey().equals(name) || e.getKey().endsWith("." + name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** How many different names follow {@code prefix}, up to the next dot: layers of a list such as {@code layers.}. */
    public Optional<Integer> count(String prefix) {
        return positive(byName.keySet().stream()
                .flatMap(name -> behind(name, prefix).stream())
                .map(rest -> rest.substring(0, rest.indexOf('.') < 0 ? rest.length() : rest.indexOf('.')))
                .distinct()
                .count());
    }

    /** How many kernels of convolutions have names that begin with {@code prefix}. */
    public Optional<Integer> kernels(String prefix) {
        return positive(byName.entrySet().stream()
                .filter(e -> e.getValue().size() == KERNEL_DIMENSIONS)
                .filter(e -> behind(e.getKey(), prefix).isPresent())
                .count());
    }

    private static Optional<Integer> positive(long count) {
        return count == 0 ? Optional.empty() : Optional.of((int) count);
    }

    private static Optional<String> behind(String name, String prefix) {
        int at = ("." + name).indexOf("." + prefix);
        return at < 0 ? Optional.empty() : Optional.of(name.substring(at + prefix.length()));
    }
}
