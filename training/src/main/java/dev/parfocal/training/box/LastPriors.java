package dev.parfocal.training.box;

import dev.parfocal.detection.assign.Priors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the priors of images of the last size: a run's images all have one. */
public final class LastPriors {
    private @Nullable Priors last;
    private int lastWidth;
    private int lastHeight;

    /**
     * The priors for images of a size.
     *
     * @param otherwise makes them if the last images had another size
     */
    public Priors of(int width, int height, Supplier<Priors> otherwise) {
        Priors priors = last;
        if (priors == null || width != lastWidth || height != lastHeight) {
            priors = otherwise.get();
            last = priors;
            lastWidth = width;
            lastHeight = height;
        }
        return priors;
    }
}
