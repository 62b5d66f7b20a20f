package dev.parfocal.training.box;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.engine.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/** One number per side whose softplus is the distance in strides: positive, and its gradient never vanishes above 0. */
public record DistanceCode() implements BoxCode {
    @Override
    public List<String> coordinates() {
        return SideDistances.NAMES;
    }

    @Override
    public int bins() {
        return 1;
    }

    @Override
    public int length() {
        return 4;
    }

    @Override
    public int offset(int label) {
        return 0;
    }

    @Override
    public void encode(Priors priors, int prior, float[] box, int at, float[] coordinates, int to) {
        SideDistances.encode(priors, prior, box, at, coordinates, to, Float.MAX_VALUE);
    }

    @Override
    public Decoded decode(Tensor raw, PriorBatch priors) {
        Tensor values = raw.detach();
        return new Softplus(values.softplus().floats(), values.sigmoid().floats());
    }

    private static final class Softplus extends SideDistances.Decoded {
        private final FloatBuffer distances;
        private final FloatBuffer slope;

        Softplus(FloatBuffer distances, FloatBuffer slope) {
            this.distances = distances;
            this.slope = slope;
        }

        @Override
        int bins() {
            return 1;
        }

        @Override
        public float coordinate(int row, int label, int index) {
            return distances.get(4 * row + index);
        }

        @Override
        void backward(int side, float upstream, float[] raw, int at) {
            raw[at] += upstream * slope.get(side);
        }
    }
}
