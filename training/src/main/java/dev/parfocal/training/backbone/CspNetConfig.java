package dev.parfocal.training.backbone;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.engine.Norm;
import java.util.List;

/**
 * The measures of a {@link CspNet}.
 *
 * @param width channels of the stem, even; the four stages, at strides 4, 8, 16 and 32, give 2, 4, 8 and 16 times as many
 * @param depths residual blocks of the stages, each at least 1
 * @param norm behind every convolution; {@link Norm.None} for weights into which it was folded
 */
public record CspNetConfig(int width, List<Integer> depths, Norm norm) {
    /** That of NanoDet-g as it was trained. */
    public static final CspNetConfig NANODET_G = new CspNetConfig(32, List.of(1, 2, 2, 3), Norm.Batch.PYTORCH);

    /** Checks the ranges. */
    public CspNetConfig {
        if (width < 2 || width % 2 != 0) {
            throw new ParfocalException("backbone.width must be even and at least 2, but is " + width);
        }
        if (depths.size() != 4 || depths.stream().anyMatch(d -> d < 1)) {
            throw new ParfocalException("backbone.depths must be four positive numbers, but is " + depths);
        }
        depths = List.copyOf(depths);
    }
}
