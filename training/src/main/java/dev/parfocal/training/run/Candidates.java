package dev.parfocal.training.run;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.box.Placement;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.metric.Nms;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One image's predictions above the lowest score, before duplicates are suppressed.
 *
 * @param boxes {@code [n, 4]} in pixels of the model's input
 * @param kept those that stay, best first
 */
record Candidates(float[] boxes, float[] scores, int[] labels, int[] kept) {

    /**
     * Collects them.
     *
     * @param first number of the image's first point in the batch
     */
    static Candidates of(Priors points, Outputs outputs, int first, DetectConfig config) {
        double lowest = -Math.log(1 / config.minScore() - 1);
        int classes = outputs.classes();
        int from = first * classes;
        // A quality only lowers a score: what is too low without it is too low.
        int[] chosen = IntStream.range(0, points.size() * classes)
                .filter(i -> outputs.logits().get(from + i) >= lowest)
                .filter(i -> outputs.quality() == null
                        || outputs.score(first + i / classes, i % classes) >= config.minScore())
                .toArray();
        float[] boxes = new float[4 * chosen.length];
        float[] scores = new float[chosen.length];
        int[] labels = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            int anchor = chosen[i] / classes;
            labels[i] = chosen[i] % classes;
            scores[i] = outputs.score(first + anchor, labels[i]);
            for (int side = 0; side < 4; side++) {
                float distance = outputs.distances().get(4 * (first + anchor) + side) * points.stride()[anchor];
                float origin = side % 2 == 0 ? points.x(anchor) : points.y(anchor);
                boxes[4 * i + side] = side < 2 ? origin - distance : origin + distance;
            }
        }
        return new Candidates(
                boxes, scores, labels, Nms.perClass(boxes, scores, labels, config.overlap(), config.max()));
    }

    /** The detections, boxes brought to an image of the given size and clipped to it. */
    List<Detection> detections(long imageId, Placement toImage, int width, int height) {
        return Arrays.stream(kept)
                .mapToObj(i -> {
                    Box box = new Box(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]);
                    Box inImage = toImage.apply(box).clipped(width, height);
                    return new Detection(imageId, labels[i], inImage, scores[i]);
                })
                .filter(d -> !d.box().isEmpty())
                .toList();
    }
}
