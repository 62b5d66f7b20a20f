package dev.parfocal.training.engine;

/** Opens the wrapper for tests that compare with PyTorch's own operations. */
public final class RawTensors {
    private RawTensors() {}

    public static Tensor wrap(org.bytedeco.pytorch.Tensor raw) {
        return new Tensor(raw);
    }

    public static org.bytedeco.pytorch.Tensor raw(Tensor tensor) {
        return tensor.raw;
    }
}
