package dev.parfocal.training.weights;

import dev.parfocal.training.weights.file.WeightSource;
import java.util.Arrays;

/** How a model's weight comes from a file's tensors. */
sealed interface Recipe {
    /** Writes the values, in row-major order; what the file does not say stays as it is. */
    void fill(WeightSource source, float[] into);

    /** The tensor as it is. */
    record Copy(String name) implements Recipe {
        @Override
        public void fill(WeightSource source, float[] into) {
            System.arraycopy(source.readFinite(name), 0, into, 0, into.length);
        }
    }

    /** The last {@code elements} of the tensor become the last of the weight. */
    record Tail(String name, int elements) implements Recipe {
        @Override
        public void fill(WeightSource source, float[] into) {
            float[] values = source.readFinite(name);
            System.arraycopy(values, values.length - elements, into, into.length - elements, elements);
        }
    }

    /** The same number everywhere. */
    record Constant(float value) implements Recipe {
        @Override
        public void fill(WeightSource source, float[] into) {
            Arrays.fill(into, value);
        }
    }

    /** A convolution's kernel times the scales of the normalisation that follows it. */
    record FoldedKernel(String kernel, FoldedNorm norm) implements Recipe {
        @Override
        public void fill(WeightSource source, float[] into) {
            float[] values = source.readFinite(kernel);
            double[] scale = norm.scale(source);
            int unit = values.length / scale.length;
            for (int i = 0; i < values.length; i++) {
                into[i] = (float) (values[i] * scale[i / unit]);
            }
        }
    }

    /** The bias that a normalisation without one of its own leaves to the convolution before it. */
    record FoldedBias(FoldedNorm norm) implements Recipe {
        @Override
        public void fill(WeightSource source, float[] into) {
            double[] scale = norm.scale(source);
            float[] shift = source.readFinite(norm.prefix() + "bias");
            float[] mean = source.readFinite(norm.prefix() + "running_mean");
            for (int i = 0; i < into.length; i++) {
                into[i] = (float) (shift[i] - mean[i] * scale[i]);
            }
        }
    }
}
