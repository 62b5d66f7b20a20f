package dev.parfocal.training.engine;

/** A part of a model that turns one feature map into another. */
@FunctionalInterface
public interface Block {
    /** Runs the block on {@code [batch, channels, height, width]}. */
    Tensor forward(Tensor x);

    /** This block, then another. */
    default Block then(Block next) {
        return x -> next.forward(forward(x));
    }
}
