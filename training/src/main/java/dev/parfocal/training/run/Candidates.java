package dev.parfocal.training.run;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.box.Placement;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.metric.Nms;
import dev.parfocal.training.config.DetectConfig;
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

    /** Collects those of an image of the batch. */
    static Candidates of(ScoredOutput scored, int image, DetectConfig config) {
        double lowest = -Math.log(1 / config.minScore() - 1);
        Priors priors = scored.output().priors().of(image);
        int first = scored.output().priors().start(image);
        int classes = scored.classes();
        int[] chosen = IntStream.range(0, priors.size() * classes)
                .filter(i -> scored.mayReach(first + i / classes, i % classes, lowest, config.minScore()))
                .filter(i -> scored.isPlain() || scored.score(first + i / classes, i % classes) >= config.minScore())
                .toArray();
        float[] boxes = new float[4 * chosen.length];
        float[] scores = new float[chosen.length];
        int[] labels = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            int prior = chosen[i] / classes;
            labels[i] = chosen[i] % classes;
            scores[i] = scored.score(first + prior, labels[i]);
            for (int side = 0; side < 4; side++) {
                float centre = side % 2 == 0 ? priors.x(prior) : priors.y(prior);
                float corner = scored.boxes().corner(first + prior, labels[i], side);
                boxes[4 * i + side] = centre + corner * priors.stride()[prior];
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
