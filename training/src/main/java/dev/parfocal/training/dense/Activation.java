package dev.parfocal.training.dense;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Tensor;

/** The non-linearities that a model can be built with. */
public enum Activation implements Block {
    /** max(x, 0): the cheapest. */
    RELU {
        @Override
        public Tensor forward(Tensor x) {
            return x.reluInPlace();
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
