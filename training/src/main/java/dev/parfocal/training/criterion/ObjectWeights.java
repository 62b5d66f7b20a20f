package dev.parfocal.training.criterion;

import java.util.List;

/** Decides how much each object of a batch counts. */
public interface ObjectWeights {

    /** Whether {@link LearntObject#loss} is read; it costs an evaluation of the losses on the objects' points. */
    boolean needsLosses();

    /**
     * A factor for each object, at least 0; the points of an object of factor 0 count for nothing.
     *
     * @param objects those of the batch that own points, image by image
     */
    double[] of(List<LearntObject> objects);
}
