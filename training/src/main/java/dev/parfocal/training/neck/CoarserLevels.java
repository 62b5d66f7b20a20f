package dev.parfocal.training.neck;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.FeatureMaps;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Which levels of a {@link FeaturePyramid} are coarser than the backbone's coarsest map, and what they are made from. */
public enum CoarserLevels {
    /** None. */
    NONE(0) {
        @Override
        Maker maker(Layers layers, String prefix, int channels, int width, Initializer initializer) {
            return (map, level) -> List.of();
        }
    },
    /** One, every second pixel of the coarsest level, for proposals alone: Faster R-CNN. */
    SUBSAMPLED(1) {
        @Override
        Maker maker(Layers layers, String prefix, int channels, int width, Initializer initializer) {
            return (map, level) -> List.of(FeatureMaps.everySecondPixel(level));
        }
    },
    /** P6 and P7, of twice and four times the stride, by strided convolutions from the pyramid's coarsest level. */
    P6_P7_FROM_P5(2) {
        @Override
        Maker maker(Layers layers, String prefix, int channels, int width, Initializer initializer) {
            Maker strided = strided(layers, prefix, width, width, initializer);
            return (map, level) -> strided.make(level, level);
        }
    },
    /** The same from the backbone's coarsest map, as in the paper of RetinaNet, arXiv 1708.02002. */
    P6_P7_FROM_C5(2) {
        @Override
        Maker maker(Layers layers, String prefix, int channels, int width, Initializer initializer) {
            return strided(layers, prefix, channels, width, initializer);
        }
    };

    private final int count;

    CoarserLevels(int count) {
        this.count = count;
    }

    /** How many levels. */
    public int count() {
        return count;
    }

    /** The strides of a pyramid's levels, given those of the maps that it is made from, both finest first. */
    public List<Integer> strides(List<Integer> maps) {
        List<Integer> strides = new ArrayList<>(maps);
        for (int i = 0; i < count; i++) {
            strides.add(2 * strides.get(strides.size() - 1));
        }
        return strides;
    }

    /** Makes the levels, finest first. */
    @FunctionalInterface
    interface Maker {
        /** From the backbone's coarsest map and the pyramid's level of the same stride. */
        List<Tensor> make(Tensor map, Tensor level);
    }

    abstract Maker maker(Layers layers, String prefix, int channels, int width, Initializer initializer);

    private static Maker strided(Layers layers, String prefix, int in, int width, Initializer initializer) {
        Block p6 = Conv.biased(layers, prefix + "p6", in, width, 3, 2, initializer, 0);
        Block p7 = Conv.biased(layers, prefix + "p7", width, width, 3, 2, initializer, 0);
        return (map, level) -> {
            Tensor sixth = p6.forward(map);
            return List.of(sixth, p7.forward(sixth.relu()));
        };
    }
}
