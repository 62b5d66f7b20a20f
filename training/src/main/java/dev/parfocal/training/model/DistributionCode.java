package dev.parfocal.training.model;

import dev.parfocal.training.engine.Tensor;
import java.nio.FloatBuffer;

/**
 * Logits of a distribution over 0, 1, … regMax strides per side; the distance is its expectation. Li et al., arXiv
 * 2006.04388.
 *
 * <p>With S = softmax(s) and E = Σ j · S_j the derivative is dE/ds_j = S_j · (j - E).
 */
record DistributionCode(int regMax) implements SideCode {
    /** Targets stay this far below the last bin, so that they always lie between two bins. */
    private static final float MARGIN = 0.01f;

    @Override
    public int bins() {
        return regMax + 1;
    }

    @Override
    public float reach() {
        return regMax - MARGIN;
    }

    @Override
    public Decoded decode(Tensor sides) {
        Tensor probabilities =
                sides.detach().reshape(sides.elements() / bins(), bins()).softmax();
        Tensor distances = probabilities.matmul(Tensor.range(bins()));
        return new Expectation(distances.floats(), probabilities.floats(), bins());
    }

    private record Expectation(FloatBuffer distances, FloatBuffer probabilities, int bins) implements Decoded {
        @Override
        public void backward(int side, float upstream, float[] gradient, int at) {
            float expectation = distances.get(side);
            for (int j = 0; j < bins; j++) {
                gradient[at + j] += upstream * probabilities.get(side * bins + j) * (j - expectation);
            }
        }
    }
}
