package dev.parfocal.training.engine;

import java.util.Optional;

/** The gradient by a tensor in the middle of a model, which a backward pass computes on its way and otherwise forgets. */
public final class KeptGradient {
    private final org.bytedeco.pytorch.Tensor raw;

    private KeptGradient(org.bytedeco.pytorch.Tensor raw) {
        this.raw = raw;
    }

    /** Has the backward passes to come keep the gradient by {@code tensor}; takes as much memory as the tensor. */
    public static KeptGradient of(Tensor tensor) {
        if (tensor.raw.requires_grad()) {
            tensor.raw.retain_grad();
        }
        return new KeptGradient(tensor.raw);
    }

    /** What they summed up, of the tensor's shape, in float32 and row-major order; empty if none came by. */
    public Optional<Tensor> value() {
        org.bytedeco.pytorch.Tensor gradient = raw.grad();
        return gradient.defined() ? Optional.of(new Tensor(gradient).float32().contiguous()) : Optional.empty();
    }
}
