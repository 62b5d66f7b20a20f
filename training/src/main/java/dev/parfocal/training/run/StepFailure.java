package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;

/** A step that could not be taken; the state is as the step left it. */
final class StepFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Batches.Images images;
    private final ParfocalException reason;

    StepFailure(Batches.Images images, ParfocalException reason) {
        super(reason);
        this.images = images;
        this.reason = reason;
    }

    /** The step's batch. */
    Batches.Images images() {
        return images;
    }

    /** What went wrong. */
    ParfocalException reason() {
        return reason;
    }
}
