package dev.parfocal.training.block;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.FeatureMaps;
import dev.parfocal.training.engine.Tensor;

/** The non-linearities of published detectors. */
public enum Activation implements Block {
    /** max(x, 0), in place. */
    RELU {
        @Override
        public Tensor forward(Tensor x) {
            return x.reluInPlace();
        }
    },
    /** x, or x / 10 below 0; Maas et al., ICML 2013. */
    LEAKY_RELU {
        @Override
        public Tensor forward(Tensor x) {
            return FeatureMaps.leakyRelu(x, 0.1);
        }
    },
    /** x · sigmoid(x); Elfwing et al., arXiv 1702.03118. */
    SILU {
        @Override
        public Tensor forward(Tensor x) {
            return x.silu();
        }
    }
}
