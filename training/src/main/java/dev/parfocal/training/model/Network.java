package dev.parfocal.training.model;

import dev.parfocal.training.engine.Tensor;
import java.util.List;

/** A detector's layers put together. */
public interface Network {

    /**
     * Predictions for images.
     *
     * @param images {@code [batch, 3, height, width]}, channels last
     * @param truth what it may know of the objects
     */
    Prediction forward(Tensor images, Truth truth);

    /** What the names of the weights begin with that lie between the shared features and the outputs. */
    List<String> headPrefixes();
}
