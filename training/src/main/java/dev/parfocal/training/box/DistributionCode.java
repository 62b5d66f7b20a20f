package dev.parfocal.training.box;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.engine.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Logits of a distribution over 0, 1, … regMax strides per side; the distance is its expectation. Li et al., arXiv
 * 2006.04388.
 *
 * <p>With S = softmax(s) and E = Σ j · S_j the derivative is dE/ds_j = S_j · (j - E).
 *
 * @param regMax the farthest bin, in strides; at least 1
 */
public record DistributionCode(int regMax) implements BoxCode {
    /** Targets stay this far below the last bin, so that they always lie between two bins. */
    private static final float MARGIN = 0.01f;

    @Override
    public List<String> coordinates() {
        return SideDistances.NAMES;
    }

    @Override
    public int bins() {
        return regMax + 1;
    }

    @Override
    public void encode(Priors priors, int prior, float[] box, int at, float[] coordinates, int to) {
        SideDistances.encode(priors, prior, box, at, coordinates, to, regMax - MARGIN);
    }

    @Override
    public Decoded decode(Tensor raw, PriorBatch priors) {
        Tensor probabilities =
                raw.detach().reshape(raw.elements() / bins(), bins()).softmax();
        Tensor distances = probabilities.matmul(Tensor.range(bins()));
        return new Expectation(
                distances.onHost().floats(), probabilities.onHost().floats(), bins());
    }

    private static final class Expectation extends SideDistances.Decoded {
        private final FloatBuffer distances;
        private final FloatBuffer probabilities;
        private final int bins;

        Expectation(FloatBuffer distances, FloatBuffer probabilities, int bins) {
            this.distances = distances;
            this.probabilities = probabilities;
            this.bins = bins;
        }

        @Override
        int bins() {
            return bins;
        }

        @Override
        public float coordinate(int row, int label, int index) {
            return distances.get(4 * row + index);
        }

        @Override
        public boolean hasDeviations() {
            return true;
        }

        @Override
        public float deviation(int row, int side) {
            int first = (4 * row + side) * bins;
            float expectation = distances.get(4 * row + side);
            double variance = 0;
            for (int j = 0; j < bins; j++) {
                variance += probabilities.get(first + j) * (j - expectation) * (j - expectation);
            }
            return (float) Math.sqrt(variance);
        }

        @Override
        void backward(int side, float upstream, float[] raw, int at) {
            float expectation = distances.get(side);
            for (int j = 0; j < bins; j++) {
                raw[at + j] += upstream * probabilities.get(side * bins + j) * (j - expectation);
            }
        }
    }
}
