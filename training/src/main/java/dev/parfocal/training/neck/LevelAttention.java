package dev.parfocal.training.neck;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.backbone.Level;
import dev.parfocal.training.block.PixelAttention;
import dev.parfocal.training.block.Transformer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.weights.TensorShapes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Attention between the pixels of some levels of a pyramid, a layer of a transformer's encoder on each: a neck runs it before it
 * merges levels, so that finer levels receive what coarser ones have seen. It changes nothing at first, so a network with
 * published weights starts as it was. Named {@code attention.stride32}.
 */
public final class LevelAttention {
    private static final String PREFIX = "attention.stride";

    /** Channels of a token for a head of attention. */
    private static final int PER_HEAD = 32;

    /** Channels between the two linear layers of a layer, for one of its width; as Vaswani et al., arXiv 1706.03762. */
    private static final int EXPANSION = 4;

    private final Map<Integer, PixelAttention> byStride = new TreeMap<>();

    /**
     * Attention on levels.
     *
     * @param levels of the pyramid, as wide as they are where attention stands
     * @param strides of those that have attention
     */
    public LevelAttention(Layers layers, List<Level> levels, Collection<Integer> strides) {
        for (Level level : levels) {
            if (strides.contains(level.stride())) {
                int width = level.channels();
                Transformer.Measures measures = new Transformer.Measures(width, heads(width), EXPANSION * width);
                byStride.put(
                        level.stride(),
                        new PixelAttention(
                                List.of(Transformer.normalizedBefore(layers, PREFIX + level.stride(), measures))));
            }
        }
    }

    /** A head for every 32 channels, or fewer where the width is no multiple of their number. */
    static int heads(int width) {
        int heads = Math.max(1, width / PER_HEAD);
        while (width % heads != 0) {
            heads--;
        }
        return heads;
    }

    /** A level's map behind its attention, which is entered in {@code attended}; the map itself if the level has none. */
    public Tensor forward(int stride, Tensor map, Map<Integer, Tensor> attended) {
        PixelAttention attention = byStride.get(stride);
        if (attention == null) {
            return map;
        }
        Tensor result = attention.forward(map);
        attended.put(stride, result);
        return result;
    }

    /**
     * Insists that there is a level wherever attention is asked for.
     *
     * @param attention strides of levels
     * @param strides of all levels of the pyramid
     * @throws ParfocalException that names those there are
     */
    public static void require(List<Integer> attention, Collection<Integer> strides) {
        attention.stream()
                .filter(stride -> !strides.contains(stride))
                .findFirst()
                .ifPresent(stride -> {
                    throw new ParfocalException("model.neck.attention: the pyramid has no level of stride " + stride
                            + "; its strides are "
                            + String.join(
                                    ", ", strides.stream().map(String::valueOf).toList()));
                });
    }

    /** The strides of levels of whose attention weights have something; empty if they have none. */
    public static Optional<List<Integer>> strides(TensorShapes weights) {
        List<Integer> strides = weights.byName().keySet().stream()
                .flatMap(name -> stride(name).stream())
                .distinct()
                .sorted()
                .toList();
        return strides.isEmpty() ? Optional.empty() : Optional.of(strides);
    }

    private static Optional<Integer> stride(String name) {
        int at = ("." + name).indexOf("." + PREFIX);
        String rest = at < 0 ? "" : name.substring(at + PREFIX.length());
        int dot = rest.indexOf('.');
        boolean number = dot > 0 && dot < 6 && rest.substring(0, dot).chars().allMatch(Character::isDigit);
        return number ? Optional.of(Integer.valueOf(rest.substring(0, dot))) : Optional.empty();
    }
}
