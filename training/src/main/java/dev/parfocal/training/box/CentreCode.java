package dev.parfocal.training.box;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.engine.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Logits of a box's centre and size as shares of the image: cx, cy, w, h = sigmoid(raw). The prior is the whole image.
 * Carion et al., DETR, arXiv 2005.12872.
 */
public record CentreCode() implements BoxCode {
    @Override
    public List<String> coordinates() {
        return List.of("cx", "cy", "w", "h");
    }

    @Override
    public void encode(Priors priors, int prior, float[] box, int at, float[] coordinates, int to) {
        for (int axis = 0; axis < 2; axis++) {
            float origin = priors.box()[4 * prior + axis];
            float size = priors.box()[4 * prior + axis + 2] - origin;
            coordinates[to + axis] = ((box[at + axis] + box[at + axis + 2]) / 2 - origin) / size;
            coordinates[to + axis + 2] = (box[at + axis + 2] - box[at + axis]) / size;
        }
    }

    @Override
    public Decoded decode(Tensor raw, PriorBatch priors) {
        return new Shares(raw.detach().sigmoid().onHost().floats(), priors);
    }

    private record Shares(FloatBuffer shares, PriorBatch priors) implements Decoded {
        @Override
        public float coordinate(int row, int label, int index) {
            return shares.get(4 * row + index);
        }

        @Override
        public float corner(int row, int label, int index) {
            int axis = index % 2;
            float half = shares.get(4 * row + axis + 2) / 2;
            float centre = shares.get(4 * row + axis) - 0.5f;
            return extent(row, axis) * (index < 2 ? centre - half : centre + half);
        }

        /** The image's width (axis 0) or height (axis 1), in strides. */
        private float extent(int row, int axis) {
            int image = priors.image(row);
            Priors all = priors.of(image);
            int prior = row - priors.start(image);
            return (axis == 0 ? all.width(prior) : all.height(prior)) / all.stride()[prior];
        }

        @Override
        public void backwardCorners(int row, int label, float[] upstream, int from, float[] raw, int at) {
            for (int axis = 0; axis < 2; axis++) {
                float low = upstream[from + axis];
                float high = upstream[from + axis + 2];
                float extent = extent(row, axis);
                raw[at + axis] += extent * (low + high) * slope(row, axis);
                raw[at + axis + 2] += extent * (high - low) / 2 * slope(row, axis + 2);
            }
        }

        @Override
        public void backwardCoordinates(int row, int label, float[] upstream, int from, float[] raw, int at) {
            for (int i = 0; i < 4; i++) {
                raw[at + i] += upstream[from + i] * slope(row, i);
            }
        }

        private float slope(int row, int index) {
            float share = shares.get(4 * row + index);
            return share * (1 - share);
        }
    }
}
