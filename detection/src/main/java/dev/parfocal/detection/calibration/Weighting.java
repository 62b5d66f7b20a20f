package dev.parfocal.detection.calibration;

import dev.parfocal.detection.metric.Matches;
import java.util.Arrays;

/** How often images count. */
final class Weighting {

    private Weighting() {}

    /** Every image once. */
    static int[] once(Matches matches) {
        int[] weights = new int[matches.images()];
        Arrays.fill(weights, 1);
        return weights;
    }
}
