package dev.parfocal.training.engine;

import dev.parfocal.core.ParfocalException;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.global.torch;

/**
 * How the kernel of a convolution {@code [out, in, height, width]} or of a linear layer {@code [out, in]} starts. Fan in
 * is {@code in · height · width}, fan out {@code out · height · width}.
 *
 * @param kind the rule
 * @param scale what its numbers are multiplied by, above 0
 */
public record Initializer(Kind kind, double scale) {
    /** The rules there are. */
    public enum Kind {
        /** Normal, variance 2 / fan in: keeps the size of activations behind ReLU; He et al., arXiv 1502.01852. */
        HE {
            @Override
            float[] draw(Random random, long[] shape, double scale) {
                return normal(random, shape, scale * Math.sqrt(2.0 / fanIn(shape)));
            }
        },
        /** Normal, variance 2 / fan out: keeps the size of gradients. */
        HE_FAN_OUT {
            @Override
            float[] draw(Random random, long[] shape, double scale) {
                return normal(random, shape, scale * Math.sqrt(2.0 / fanOut(shape)));
            }
        },
        /** Normal, variance 1 / fan in: for blocks without a non-linearity. */
        LECUN {
            @Override
            float[] draw(Random random, long[] shape, double scale) {
                return normal(random, shape, scale * Math.sqrt(1.0 / fanIn(shape)));
            }
        },
        /** Uniform, variance 2 / (fan in + fan out); Glorot and Bengio, AISTATS 2010. */
        XAVIER {
            @Override
            float[] draw(Random random, long[] shape, double scale) {
                return uniform(random, shape, scale * Math.sqrt(6.0 / (fanIn(shape) + fanOut(shape))));
            }
        },
        /** Rows (or columns, whichever are fewer) of length 1 at right angles; Saxe et al., arXiv 1312.6120. */
        ORTHOGONAL {
            @Override
            float[] draw(Random random, long[] shape, double scale) {
                return orthogonal(random, shape, scale);
            }
        },
        /** Normal with deviation 1, so that {@code scale} is the deviation: 0.01 for output layers. */
        NORMAL {
            @Override
            float[] draw(Random random, long[] shape, double scale) {
                return normal(random, shape, scale);
            }
        };

        /** Values in row-major order. */
        abstract float[] draw(Random random, long[] shape, double scale);
    }

    /** For layers in front of a ReLU. */
    public static final Initializer HE = new Initializer(Kind.HE, 1);

    /** For linear layers, whose inputs and outputs are to be of one size. */
    public static final Initializer XAVIER = new Initializer(Kind.XAVIER, 1);

    /** Checks the range. */
    public Initializer {
        if (!(scale > 0) || scale == Double.POSITIVE_INFINITY) {
            throw new ParfocalException("model.init: scale must be above 0 and finite, but is " + scale);
        }
    }

    float[] draw(Random random, long... shape) {
        return kind.draw(random, shape, scale);
    }

    private static double fanIn(long[] shape) {
        return shape[1] * pixels(shape);
    }

    private static double fanOut(long[] shape) {
        return shape[0] * pixels(shape);
    }

    private static double pixels(long[] shape) {
        return Arrays.stream(shape).skip(2).reduce(1, Math::multiplyExact);
    }

    private static float[] normal(Random random, long[] shape, double deviation) {
        float[] values = new float[(int) (shape[0] * fanIn(shape))];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    private static float[] uniform(Random random, long[] shape, double bound) {
        float[] values = new float[(int) (shape[0] * fanIn(shape))];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
        return values;
    }

    /** Q of the QR decomposition of a normal matrix, with the signs that make it uniform among the rotations. */
    private static float[] orthogonal(Random random, long[] shape, double scale) {
        long rows = shape[0];
        long columns = (long) fanIn(shape);
        float[] values = normal(random, shape, 1);
        return Scope.unrecorded(() -> {
            Tensor matrix = Tensor.zeros(rows, columns);
            matrix.set(values);
            boolean wide = rows < columns;
            T_TensorTensor_T parts = torch.linalg_qr(wide ? matrix.raw.t() : matrix.raw);
            org.bytedeco.pytorch.Tensor q =
                    parts.get0().mul(parts.get1().diag(0).sign());
            Tensor result = new Tensor(wide ? q.t() : q);
            result.scale(scale);
            return result.toArray();
        });
    }
}
