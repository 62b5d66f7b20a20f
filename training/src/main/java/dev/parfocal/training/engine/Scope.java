package dev.parfocal.training.engine;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;

/**
 * Frees on close every tensor made since it was opened on this thread; what must live longer is copied out. One scope
 * per training step keeps native memory flat.
 */
public final class Scope implements AutoCloseable {
    private final PointerScope pointers;
    private final AutoGradMode mode;

    private Scope(boolean gradients) {
        pointers = new PointerScope();
        mode = new AutoGradMode(gradients);
    }

    /** A scope in which operations are recorded for the backward pass. */
    public static Scope withGradients() {
        return new Scope(true);
    }

    /** A scope in which nothing is recorded: inference, optimiser steps. */
    public static Scope withoutGradients() {
        return new Scope(false);
    }

    @Override
    public void close() {
        mode.close();
        pointers.close();
    }
}
