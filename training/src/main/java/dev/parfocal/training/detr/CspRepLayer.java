package dev.parfocal.training.detr;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;

/**
 * Merges two maps: one path through three blocks of parallel 3×3 and 1×1 convolutions (RepVGG, arXiv 2101.03697, in its
 * form for training), another past them (CSPNet, arXiv 1911.11929), and their sum.
 */
final class CspRepLayer {
    private static final int BLOCKS = 3;

    private CspRepLayer() {}

    /** {@code [batch, 2 · width, h, w] -> [batch, width, h, w]}; inside, channels are {@code expansion · width}. */
    static Block of(Layers layers, String name, int width, double expansion) {
        Convolutions convolutions = Convolutions.ofEncoder(layers);
        int hidden = (int) (width * expansion);
        Block through =
                convolutions.block(name + ".conv1", 2 * width, hidden, 1, 1).then(Tensor::silu);
        for (int i = 0; i < BLOCKS; i++) {
            through = through.then(parallel(convolutions, name + ".bottlenecks." + i, hidden));
        }
        Block deep = through;
        Block past =
                convolutions.block(name + ".conv2", 2 * width, hidden, 1, 1).then(Tensor::silu);
        Block sum = x -> deep.forward(x).plus(past.forward(x));
        return hidden == width
                ? sum
                : sum.then(convolutions.block(name + ".conv3", hidden, width, 1, 1))
                        .then(Tensor::silu);
    }

    private static Block parallel(Convolutions convolutions, String name, int width) {
        Block wide = convolutions.block(name + ".conv1", width, width, 3, 1);
        Block narrow = convolutions.block(name + ".conv2", width, width, 1, 1);
        return x -> wide.forward(x).plus(narrow.forward(x)).silu();
    }
}
