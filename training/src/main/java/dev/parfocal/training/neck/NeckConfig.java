package dev.parfocal.training.neck;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.weights.TensorShapes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The measures of a pyramid whose levels are equally wide.
 *
 * @param width channels of every level, at least 1
 * @param attention strides of the levels whose pixels attend to each other; none: no attention
 */
public record NeckConfig(int width, List<Integer> attention) {

    /** Channels of an embedding of positions come in fours. */
    private static final int FOUR = 4;

    /** Checks the range. */
    public NeckConfig {
        if (width < 1) {
            throw new ParfocalException("model.neck.width must be at least 1, but is " + width);
        }
        if (!attention.isEmpty() && width % FOUR != 0) {
            throw new ParfocalException(
                    "model.neck: attention needs a width that is a multiple of " + FOUR + ", but it is " + width);
        }
        attention = List.copyOf(new TreeSet<>(attention));
    }

    /** Without attention. */
    public static NeckConfig of(int width) {
        return new NeckConfig(width, List.of());
    }

    /**
     * Insists that there is a level wherever attention is asked for.
     *
     * @param strides of all levels of the pyramid
     * @throws ParfocalException that names those there are
     */
    public void requireLevels(Collection<Integer> strides) {
        LevelAttention.require(attention, strides);
    }

    /**
     * What weights say about a neck, by key.
     *
     * @param width of its levels, if they say so
     */
    public static Map<String, Object> measures(TensorShapes weights, Optional<Integer> width) {
        Map<String, Object> measures = new LinkedHashMap<>();
        width.ifPresent(channels -> measures.put("neck.width", channels));
        LevelAttention.strides(weights).ifPresent(strides -> measures.put("neck.attention", strides));
        return measures;
    }
}
