package dev.parfocal.training.roi;

import dev.parfocal.training.engine.FeatureMaps;
import dev.parfocal.training.engine.Tensor;

/**
 * The part of a feature map under a box, brought to a fixed size: the box is divided into bins, and each is the mean of
 * some points that are interpolated between pixels; He et al., Mask R-CNN, arXiv 1703.06870.
 *
 * @param size bins along each side, at least 1
 * @param samples points along each side of a bin, at least 1
 * @param aligned whether boxes are shifted by half a pixel, so that a pixel's centre, not its corner, has whole coordinates;
 *     the detectors of torchvision are trained without
 */
public record RoiAlign(int size, int samples, boolean aligned) {

    /** As torchvision's detectors have it. */
    public static final RoiAlign DEFAULT = new RoiAlign(7, 2, false);

    /**
     * The features of an image's boxes.
     *
     * @param map {@code [1, channels, height, width]}
     * @param boxes {@code [boxes, 4]} x1, y1, x2, y2 in pixels of the image, at least one
     * @param scale pixels of the map by pixels of the image
     * @return {@code [boxes, channels, size, size]}
     */
    public Tensor of(Tensor map, float[] boxes, double scale) {
        int count = boxes.length / 4;
        int points = size * samples;
        float[] grid = new float[count * points * points * 2];
        for (int box = 0; box < count; box++) {
            for (int row = 0; row < points; row++) {
                double y = at(boxes, 4 * box + 1, row, scale, map.size(2));
                for (int column = 0; column < points; column++) {
                    int to = 2 * ((box * points + row) * points + column);
                    grid[to] = (float) at(boxes, 4 * box, column, scale, map.size(3));
                    grid[to + 1] = (float) y;
                }
            }
        }
        Tensor at = Tensor.zeros(1, (long) count * points, points, 2);
        at.set(grid);
        Tensor sampled = FeatureMaps.at(map, at, FeatureMaps.Beyond.BORDER);
        return FeatureMaps.averaged(sampled, samples)
                .reshape(map.size(1), count, size, size)
                .permute(1, 0, 2, 3);
    }

    /** A point's coordinate along one side of a box, -1 at the beginning of the map and 1 at its end. */
    private double at(float[] boxes, int from, int point, double scale, int pixels) {
        double offset = aligned ? 0.5 : 0;
        double start = boxes[from] * scale - offset;
        double length = boxes[from + 2] * scale - offset - start;
        double side = aligned ? length : Math.max(1, length);
        double position = start + (point + 0.5) * side / (size * samples);
        return 2 * (position + 0.5) / pixels - 1;
    }
}
