package dev.parfocal.training.criterion;

import dev.parfocal.training.engine.Tensor;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/** A dense gradient by the sides that is 0 but at positive points; only these are written, and erased before the next. */
final class SideBuffer {
    private final GradientBuffer memory = new GradientBuffer();
    private @Nullable SideGradient written;
    private long size;

    /** The gradient by {@code sides} whose positive points have the given rows; valid until the next call. */
    Tensor scattered(Tensor sides, SideGradient rows) {
        if (written != null) {
            written.erase(memory.floats(size));
        }
        size = sides.elements();
        FloatBuffer dense = memory.floats(size);
        rows.scatter(dense);
        written = rows;
        return memory.like(sides);
    }
}
