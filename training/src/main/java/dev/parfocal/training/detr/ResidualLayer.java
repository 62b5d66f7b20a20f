package dev.parfocal.training.detr;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Tensor;

/** The layers that a {@link DetrResNet} can be built of; He et al., arXiv 1512.03385. */
public enum ResidualLayer {
    /** Two 3×3 convolutions: ResNet-18 and 34. */
    BASIC {
        @Override
        Block convolutions(Convolutions convolutions, String name, int in, int out, int stride) {
            return convolutions
                    .block(name + ".0", in, out, 3, stride)
                    .then(Tensor::reluInPlace)
                    .then(convolutions.block(name + ".1", out, out, 3, 1));
        }

        @Override
        boolean projects(int in, int out, boolean first) {
            return first;
        }
    },
    /** A 3×3 convolution between two of 1×1, at a quarter of the width: ResNet-50 and 101. */
    BOTTLENECK {
        @Override
        Block convolutions(Convolutions convolutions, String name, int in, int out, int stride) {
            int narrow = out / 4;
            return convolutions
                    .block(name + ".0", in, narrow, 1, 1)
                    .then(Tensor::reluInPlace)
                    .then(convolutions.block(name + ".1", narrow, narrow, 3, stride))
                    .then(Tensor::reluInPlace)
                    .then(convolutions.block(name + ".2", narrow, out, 1, 1));
        }

        @Override
        boolean projects(int in, int out, boolean first) {
            return in != out;
        }
    };

    /** The path of convolutions: {@code [batch, in, h, w] -> [batch, out, ceil(h / stride), ceil(w / stride)]}. */
    abstract Block convolutions(Convolutions convolutions, String name, int in, int out, int stride);

    /** Whether a layer's shortcut has a convolution of its own although it keeps the resolution. */
    abstract boolean projects(int in, int out, boolean first);

    /**
     * A layer with its shortcut.
     *
     * @param first whether it is the first of its stage
     * @param stride 1 or 2
     */
    Block block(Convolutions convolutions, String name, int in, int out, boolean first, int stride) {
        Block path = convolutions(convolutions, name + ".layer", in, out, stride);
        Block shortcut = shortcut(convolutions, name + ".shortcut", in, out, first, stride);
        return x -> path.forward(x).plus(shortcut.forward(x)).reluInPlace();
    }

    private Block shortcut(Convolutions convolutions, String name, int in, int out, boolean first, int stride) {
        if (stride == 2) {
            Block halved = Tensor::halved;
            return halved.then(convolutions.block(name + ".1", in, out, 1, 1));
        }
        return projects(in, out, first) ? convolutions.block(name, in, out, 1, 1) : x -> x;
    }
}
