package dev.parfocal.training.engine;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;

/**
 * A stretch of work on one thread after which every tensor that it made is freed; what must live longer is copied out.
 * One scope per training step keeps native memory flat.
 */
public final class Scope {
    private Scope() {}

    /** Runs a task whose operations are recorded for a backward pass. */
    public static <T> T recorded(Supplier<T> task) {
        return run(true, task);
    }

    /** Runs a task of which nothing is recorded: inference, optimiser steps. */
    public static <T> T unrecorded(Supplier<T> task) {
        return run(false, task);
    }

    /** Runs a task of which nothing is recorded. */
    public static void unrecorded(Runnable task) {
        unrecorded(() -> {
            task.run();
            return true;
        });
    }

    private static <T> T run(boolean gradients, Supplier<T> task) {
        return Gate.pass(() -> open(gradients, task));
    }

    private static <T> T open(boolean gradients, Supplier<T> task) {
        PointerScope pointers = new PointerScope();
        AutoGradMode mode = new AutoGradMode(gradients);
        try {
            return task.get();
        } finally {
            mode.close();
            pointers.close();
        }
    }
}
