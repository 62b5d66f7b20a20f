package dev.parfocal.training.neck;

import dev.parfocal.training.backbone.Level;
import dev.parfocal.training.engine.Tensor;
import java.util.List;

/** A network that turns a backbone's feature maps into a pyramid for the heads. */
public interface Neck {
    /** The pyramid of a backbone's maps, finest first. */
    Pyramid forward(List<Tensor> maps);

    /** The measures of the pyramid's maps, finest first. */
    List<Level> levels();
}
