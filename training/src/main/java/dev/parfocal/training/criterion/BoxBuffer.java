package dev.parfocal.training.criterion;

import dev.parfocal.training.engine.Tensor;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/** A dense gradient by boxes that is 0 but at positive rows; only these are written, and erased before the next. */
final class BoxBuffer {
    private final GradientBuffer memory = new GradientBuffer();
    private @Nullable BoxGradient written;
    private long size;

    /** The gradient by an output's boxes; valid until the next call. */
    Tensor scattered(Tensor boxes, BoxGradient gradient) {
        if (written != null) {
            written.erase(memory.floats(size));
        }
        size = boxes.elements();
        FloatBuffer dense = memory.floats(size);
        gradient.scatter(dense);
        written = gradient;
        return memory.like(boxes);
    }
}
