package dev.parfocal.training.box;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.engine.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Shifts of a prior's centre in units of its size, and logarithms of the ratios of sizes: dx, dy, dw, dh. Girshick et al.,
 * R-CNN, arXiv 1311.2524, appendix C.
 *
 * @param centreWeight factor of dx and dy, above 0
 * @param sizeWeight factor of dw and dh, above 0
 * @param classes boxes for that many classes; 1: the same box for every class
 */
public record DeltaCode(float centreWeight, float sizeWeight, int classes) implements BoxCode {
    /** The largest dw and dh that is decoded, as in the references: log(1000 / 16). */
    private static final float LARGEST = (float) Math.log(1000.0 / 16);

    /** Weight 1 throughout, the same box for every class: anchors. */
    public static final DeltaCode ANCHORS = new DeltaCode(1, 1, 1);

    @Override
    public List<String> coordinates() {
        return List.of("dx", "dy", "dw", "dh");
    }

    @Override
    public int length() {
        return 4 * classes;
    }

    @Override
    public int offset(int label) {
        return classes == 1 ? 0 : 4 * label;
    }

    @Override
    public void encode(Priors priors, int prior, float[] box, int at, float[] coordinates, int to) {
        float width = priors.width(prior);
        float height = priors.height(prior);
        float w = box[at + 2] - box[at];
        float h = box[at + 3] - box[at + 1];
        coordinates[to] = centreWeight * (box[at] + 0.5f * w - priors.x(prior)) / width;
        coordinates[to + 1] = centreWeight * (box[at + 1] + 0.5f * h - priors.y(prior)) / height;
        coordinates[to + 2] = sizeWeight * (float) Math.log(w / width);
        coordinates[to + 3] = sizeWeight * (float) Math.log(h / height);
    }

    @Override
    public Decoded decode(Tensor raw, PriorBatch priors) {
        return new Deltas(this, raw.detach().onHost().floats(), priors);
    }

    private record Deltas(DeltaCode code, FloatBuffer raw, PriorBatch priors) implements Decoded {
        @Override
        public float coordinate(int row, int label, int index) {
            return raw.get(row * code.length() + code.offset(label) + index);
        }

        /** Half the decoded width (axis 0) or height (axis 1), in strides. */
        private double half(int row, int label, int axis, Priors all, int prior) {
            double size = axis == 0 ? all.width(prior) : all.height(prior);
            double log = Math.min(LARGEST, coordinate(row, label, 2 + axis) / code.sizeWeight);
            return size * Math.exp(log) / 2 / all.stride()[prior];
        }

        @Override
        public float corner(int row, int label, int index) {
            int image = priors.image(row);
            Priors all = priors.of(image);
            int prior = row - priors.start(image);
            int axis = index % 2;
            double half = half(row, label, axis, all, prior);
            double shift = shift(all, prior, axis) * coordinate(row, label, axis);
            return (float) (index < 2 ? shift - half : shift + half);
        }

        private double shift(Priors all, int prior, int axis) {
            double size = axis == 0 ? all.width(prior) : all.height(prior);
            return size / code.centreWeight / all.stride()[prior];
        }

        @Override
        public void backwardCorners(int row, int label, float[] upstream, int from, float[] slopes, int at) {
            int image = priors.image(row);
            Priors all = priors.of(image);
            int prior = row - priors.start(image);
            for (int axis = 0; axis < 2; axis++) {
                float low = upstream[from + axis];
                float high = upstream[from + axis + 2];
                slopes[at + axis] += (float) (shift(all, prior, axis) * (low + high));
                boolean inside = coordinate(row, label, 2 + axis) / code.sizeWeight < LARGEST;
                if (inside) {
                    double half = half(row, label, axis, all, prior);
                    slopes[at + axis + 2] += (float) (half / code.sizeWeight * (high - low));
                }
            }
        }

        @Override
        public void backwardCoordinates(int row, int label, float[] upstream, int from, float[] slopes, int at) {
            for (int i = 0; i < 4; i++) {
                slopes[at + i] += upstream[from + i];
            }
        }
    }
}
