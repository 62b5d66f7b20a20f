package dev.parfocal.training.box;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.engine.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One number per side for the distance in strides.
 *
 * @param link from the number to the distance
 */
public record DistanceCode(Link link) implements BoxCode {

    /** What makes a distance of a number. */
    public enum Link {
        /** softplus: positive, and its gradient never vanishes above 0. */
        SOFTPLUS,
        /** Nothing: the model sees to it that the number is not negative. */
        NONE
    }

    /** By softplus. */
    public DistanceCode() {
        this(Link.SOFTPLUS);
    }

    @Override
    public List<String> coordinates() {
        return SideDistances.NAMES;
    }

    @Override
    public void encode(Priors priors, int prior, float[] box, int at, float[] coordinates, int to) {
        SideDistances.encode(priors, prior, box, at, coordinates, to, Float.MAX_VALUE);
    }

    @Override
    public Decoded decode(Tensor raw, PriorBatch priors) {
        Tensor values = raw.detach();
        return link == Link.NONE
                ? new Distances(values.onHost().floats(), null)
                : new Distances(
                        values.softplus().onHost().floats(),
                        values.sigmoid().onHost().floats());
    }

    private static final class Distances extends SideDistances.Decoded {
        private final FloatBuffer distances;
        private final @Nullable FloatBuffer slope;

        Distances(FloatBuffer distances, @Nullable FloatBuffer slope) {
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
            raw[at] += slope == null ? upstream : upstream * slope.get(side);
        }
    }
}
