package dev.parfocal.training.block;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Tensor;
import java.util.List;

/**
 * Layers of a transformer's encoder between the pixels of a map, which know where they lie.
 *
 * @param layers one behind the other; none: the map as it is
 */
public record PixelAttention(List<Transformer.EncoderLayer> layers) implements Block {

    @Override
    public Tensor forward(Tensor map) {
        if (layers.isEmpty()) {
            return map;
        }
        int channels = map.size(1);
        int rows = map.size(2);
        int columns = map.size(3);
        Tensor pixels = pixels(map);
        Tensor positions = SinePositions.of(rows, columns, channels);
        for (Transformer.EncoderLayer layer : layers) {
            pixels = layer.forward(pixels, positions);
        }
        return pixels.reshape(map.size(0), rows, columns, channels).permute(0, 3, 1, 2);
    }

    /** A map as tokens: {@code [batch, channels, rows, columns] -> [batch, rows · columns, channels]}. */
    public static Tensor pixels(Tensor map) {
        return map.permute(0, 2, 3, 1).reshape(map.size(0), (long) map.size(2) * map.size(3), map.size(1));
    }
}
