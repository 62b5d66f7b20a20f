package dev.parfocal.training.engine;

/**
 * One named tensor of a model: trained by gradients, or a statistic that training updates on its way.
 *
 * <p>Its memory is a part of one flat tensor ({@link Weights}), so that optimisers, averages and checkpoints work on a
 * few long tensors instead of many short ones.
 */
public final class Weight {
    /** What happens to a weight. */
    public enum Role {
        /** Trained, with weight decay: the kernels of convolutions and of linear layers. */
        DECAYED,
        /** Trained, without weight decay: biases, scales and shifts. */
        PLAIN,
        /** Not trained: running statistics of batch normalisation. */
        STATISTIC
    }

    /** A weight as a layer declares it. */
    record Declaration(String name, Role role, long[] shape, float[] initial) {}

    private final Declaration declaration;
    private final long offset;
    private final Tensor value;

    /** Takes a part of {@code flat}, from {@code offset} on, as its memory and fills it with the initial values. */
    Weight(Declaration declaration, Tensor flat, long offset) {
        this.declaration = declaration;
        this.offset = offset;
        value = within(flat);
        value.set(declaration.initial);
    }

    /** Dotted path of its layer and its own name, such as {@code neck.out0.conv.weight}. */
    public String name() {
        return declaration.name;
    }

    /** What happens to it in training. */
    public Role role() {
        return declaration.role;
    }

    /** Its tensor, a view of flat memory. */
    public Tensor value() {
        return value;
    }

    /** Where it begins in {@link Weights#trained()}, or in {@link Weights#statistics()}. */
    public long offset() {
        return offset;
    }

    /** Number of elements. */
    public long elements() {
        return declaration.initial.length;
    }

    /**
     * In how many equal parts its elements, which lie one behind the other, make a unit each: the output channels of a
     * convolution's or a linear layer's kernel; 1 for everything else.
     */
    public int units() {
        return declaration.shape.length > 1 ? (int) declaration.shape[0] : 1;
    }

    /**
     * A view of this weight's part of a flat tensor in its shape; kernels of convolutions lie channels last, as images
     * do.
     */
    public Tensor within(Tensor flat) {
        long[] s = declaration.shape;
        Tensor part = flat.narrow(0, offset, declaration.initial.length);
        return s.length == 4 ? part.reshape(s[0], s[2], s[3], s[1]).permute(0, 3, 1, 2) : part.reshape(s);
    }
}
