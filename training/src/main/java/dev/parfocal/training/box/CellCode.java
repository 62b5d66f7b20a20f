package dev.parfocal.training.box;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.engine.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A box's centre as an offset from the top left corner of its cell in strides, and the logarithms of its width and height in
 * strides: raw numbers are coordinates. Ge et al., YOLOX, arXiv 2107.08430, section 2.1.
 */
public record CellCode() implements BoxCode {
    private static final double LEAST = 1e-8;

    @Override
    public List<String> coordinates() {
        return List.of("x", "y", "log w", "log h");
    }

    @Override
    public void encode(Priors priors, int prior, float[] box, int at, float[] coordinates, int to) {
        float stride = priors.stride()[prior];
        for (int axis = 0; axis < 2; axis++) {
            float centre = (box[at + axis] + box[at + axis + 2]) / 2;
            float size = box[at + axis + 2] - box[at + axis];
            coordinates[to + axis] = (centre - priors.box()[4 * prior + axis]) / stride;
            coordinates[to + axis + 2] = (float) Math.log(size / stride + LEAST);
        }
    }

    @Override
    public Decoded decode(Tensor raw, PriorBatch priors) {
        return new Cells(raw.detach().onHost().floats(), priors);
    }

    private record Cells(FloatBuffer numbers, PriorBatch priors) implements Decoded {
        @Override
        public float coordinate(int row, int label, int index) {
            return numbers.get(4 * row + index);
        }

        @Override
        public float corner(int row, int label, int index) {
            int axis = index % 2;
            float centre = numbers.get(4 * row + axis) - halfCell(row, axis);
            float half = half(row, axis);
            return index < 2 ? centre - half : centre + half;
        }

        /** Half of a cell's width (axis 0) or height (axis 1), in strides. */
        private float halfCell(int row, int axis) {
            int image = priors.image(row);
            Priors cells = priors.of(image);
            int cell = row - priors.start(image);
            return (axis == 0 ? cells.width(cell) : cells.height(cell)) / 2 / cells.stride()[cell];
        }

        /** Half of a box's width (axis 0) or height (axis 1), in strides. */
        private float half(int row, int axis) {
            return (float) Math.exp(numbers.get(4 * row + axis + 2)) / 2;
        }

        @Override
        public void backwardCorners(int row, int label, float[] upstream, int from, float[] raw, int at) {
            for (int axis = 0; axis < 2; axis++) {
                float low = upstream[from + axis];
                float high = upstream[from + axis + 2];
                raw[at + axis] += low + high;
                raw[at + axis + 2] += (high - low) * half(row, axis);
            }
        }

        @Override
        public void backwardCoordinates(int row, int label, float[] upstream, int from, float[] raw, int at) {
            for (int i = 0; i < 4; i++) {
                raw[at + i] += upstream[from + i];
            }
        }
    }
}
