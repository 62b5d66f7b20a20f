package dev.parfocal.training.detr;

import dev.parfocal.training.block.PixelAttention;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The pixels of a pyramid as one sequence of tokens.
 *
 * @param tokens {@code [batch, pixels, width]}, finest level first, each row by row
 * @param levels the sizes of the levels
 */
record Memory(Tensor tokens, List<Size> levels) {

    /** Rows and columns of a level. */
    record Size(int rows, int columns) {
        int pixels() {
            return rows * columns;
        }
    }

    /** The pixels of maps {@code [batch, width, rows, columns]}. */
    static Memory of(List<Tensor> maps) {
        List<Tensor> tokens = new ArrayList<>();
        List<Size> levels = new ArrayList<>();
        for (Tensor map : maps) {
            tokens.add(PixelAttention.pixels(map));
            levels.add(new Size(map.size(2), map.size(3)));
        }
        return new Memory(Tensor.concatenate(tokens, 1), levels);
    }

    /** A level's part of values of all tokens, a map for each image and head: {@code [batch · heads, width / heads, rows, columns]}. */
    Tensor map(Tensor values, int level, int heads) {
        Size size = levels.get(level);
        long start = levels.subList(0, level).stream().mapToInt(Size::pixels).sum();
        long batch = values.size(0);
        long width = values.size(2) / heads;
        return values.narrow(1, start, size.pixels())
                .reshape(batch, size.pixels(), heads, width)
                .permute(0, 2, 3, 1)
                .reshape(batch * heads, width, size.rows(), size.columns());
    }
}
