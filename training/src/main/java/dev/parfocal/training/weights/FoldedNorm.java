package dev.parfocal.training.weights;

import dev.parfocal.training.weights.file.WeightSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A batch normalisation as a scale and a shift for each channel: {@code scale = weight / sqrt(running_var + epsilon)}.
 *
 * @param prefix of its tensors in the file, with the dot
 * @param epsilon what is added to the variance; torchvision's detectors trained on COCO have 0 in their backbones
 */
record FoldedNorm(String prefix, double epsilon) {
    static final List<String> TENSORS = List.of("weight", "bias", "running_mean", "running_var");

    /** The last part of a convolution's name, and of the normalisation's that follows it. */
    private static final Map<String, String> FOLLOWS = Map.of(
            "conv", "bn",
            "conv1", "bn1",
            "conv2", "bn2",
            "conv3", "bn3",
            "convolution", "normalization",
            "0", "1");

    /** The name of the normalisation that follows the convolution {@code name}, if there is one. */
    static Optional<String> after(String name) {
        return neighbour(name, last -> FOLLOWS.getOrDefault(last, ""));
    }

    /** The name of the convolution before the normalisation {@code name}, if there is one. */
    static Optional<String> before(String name) {
        return neighbour(
                name,
                last -> FOLLOWS.entrySet().stream()
                        .filter(e -> e.getValue().equals(last))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(""));
    }

    private static Optional<String> neighbour(String name, UnaryOperator<String> of) {
        int dot = name.lastIndexOf('.');
        String other = of.apply(name.substring(dot + 1));
        return other.isEmpty() ? Optional.empty() : Optional.of(name.substring(0, dot + 1) + other);
    }

    /** The scale of each channel. */
    double[] scale(WeightSource source) {
        float[] weight = source.readFinite(prefix + "weight");
        float[] variance = source.readFinite(prefix + "running_var");
        double[] scale = new double[weight.length];
        for (int i = 0; i < scale.length; i++) {
            scale[i] = weight[i] / Math.sqrt(variance[i] + epsilon);
        }
        return scale;
    }
}
