package dev.parfocal.training.weights;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stages of a ResNet, as torchvision or Hugging Face name its weights.
 *
 * @param blocks residual blocks in each stage
 * @param bottleneck whether those are bottlenecks, of three convolutions
 * @param widths channels that each stage gives
 */
public record ResidualStages(List<Integer> blocks, boolean bottleneck, List<Integer> widths) {
    private static final Pattern BLOCK = Pattern.compile(
            "(?:.+\\.)?(?:layer(\\d{1,4})\\.(\\d{1,4})\\.conv(\\d)|stages\\.(\\d{1,4})\\.layers\\.(\\d{1,4})\\.layer\\.(\\d{1,4})\\.convolution)\\.weight");

    /** What a file's names and shapes say; empty if it has no ResNet. */
    public static Optional<ResidualStages> of(TensorShapes shapes) {
        Map<Integer, TreeSet<Integer>> found = new TreeMap<>();
        Map<Integer, Integer> widths = new TreeMap<>();
        Map<Integer, Integer> lastConvolution = new HashMap<>();
        shapes.byName().forEach((name, shape) -> {
            Matcher matcher = BLOCK.matcher(name);
            if (matcher.matches() && !shape.isEmpty()) {
                int first = matcher.group(1) != null ? 1 : 4;
                int stage = Integer.parseInt(matcher.group(first));
                int convolution = Integer.parseInt(matcher.group(first + 2)) + (first == 1 ? 0 : 1);
                found.computeIfAbsent(stage, s -> new TreeSet<>()).add(Integer.parseInt(matcher.group(first + 1)));
                if (lastConvolution.merge(stage, convolution, Math::max) == convolution) {
                    widths.put(stage, shape.get(0).intValue());
                }
            }
        });
        if (found.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ResidualStages(
                found.values().stream().map(TreeSet::size).toList(),
                lastConvolution.values().stream().allMatch(c -> c == 3),
                List.copyOf(widths.values())));
    }
}
