package dev.parfocal.training.backbone;

import dev.parfocal.training.engine.Tensor;
import java.util.List;

/** A network that turns images into feature maps of falling resolution. */
public interface Backbone {
    /**
     * The feature maps of images {@code [batch, 3, height, width]}: one {@code [batch, channels, height / stride,
     * width / stride]} (sizes rounded up) for each of {@link #levels()}, finest first.
     */
    List<Tensor> forward(Tensor images);

    /** The measures of its feature maps, finest first. */
    List<Level> levels();
}
