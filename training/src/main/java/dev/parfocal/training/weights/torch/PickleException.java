package dev.parfocal.training.weights.torch;

import dev.parfocal.core.ParfocalException;

/** A pickle that is damaged, or that asks for more than tensors and plain data; {@link TorchFile} adds which file. */
final class PickleException extends ParfocalException {
    private final boolean refused;

    private PickleException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    /** The pickle is damaged. */
    PickleException(String message) {
        this(message, false);
    }

    /** The pickle asks for something that is not done. */
    static PickleException refused(String what) {
        return new PickleException(what, true);
    }

    /** Whether the pickle is whole but asks for more than is done. */
    boolean isRefused() {
        return refused;
    }
}
