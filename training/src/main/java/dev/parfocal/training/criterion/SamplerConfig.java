package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.BalancedSampler;
import dev.parfocal.detection.assign.Sampler;

/**
 * How many priors of an image are learnt from. Ren et al., Faster R-CNN, arXiv 1506.01497, section 3.1.3.
 *
 * @param size priors drawn in an image, at least 1
 * @param positives the largest share of them that owns an object, in [0, 1]
 */
public record SamplerConfig(int size, double positives) {
    /** Checks the ranges. */
    public SamplerConfig {
        if (size < 1 || !(positives >= 0 && positives <= 1)) {
            throw new ParfocalException(
                    "sampler: size must be at least 1 (is " + size + "), positives in [0, 1] (is " + positives + ")");
        }
    }

    Sampler sampler() {
        return new BalancedSampler(size, positives);
    }
}
