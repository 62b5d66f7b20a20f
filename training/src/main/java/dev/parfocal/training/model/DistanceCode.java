package dev.parfocal.training.model;

import dev.parfocal.training.engine.Tensor;
import java.nio.FloatBuffer;

/** One output per side whose softplus is the distance, so that it is positive and its gradient never vanishes above 0. */
record DistanceCode() implements SideCode {
    @Override
    public int bins() {
        return 1;
    }

    @Override
    public float reach() {
        return Float.MAX_VALUE;
    }

    @Override
    public Decoded decode(Tensor sides) {
        Tensor raw = sides.detach();
        return new Softplus(raw.softplus().floats(), raw.sigmoid().floats());
    }

    private record Softplus(FloatBuffer distances, FloatBuffer slope) implements Decoded {
        @Override
        public void backward(int side, float upstream, float[] gradient, int at) {
            gradient[at] += upstream * slope.get(side);
        }
    }
}
