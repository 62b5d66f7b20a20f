package dev.parfocal.training.run;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.box.Placement;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.SideDeviations;
import dev.parfocal.detection.metric.Nms;
import dev.parfocal.training.box.PriorBatch;
import dev.parfocal.training.config.DetectConfig;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One image's predictions above the lowest score.
 *
 * @param scored what they come from
 * @param image of the batch
 * @param boxes {@code [n, 4]} in pixels of the model's input
 * @param priors of the image that they belong to
 * @param kept those that stay, best first
 */
record Candidates(
        ScoredOutput scored, int image, float[] boxes, float[] scores, int[] labels, int[] priors, int[] kept) {

    /**
     * Collects those of an image of the batch.
     *
     * @param area of the model's input that the image fills
     */
    static Candidates of(ScoredOutput scored, int image, DetectConfig config, Box area) {
        int[] chosen = chosen(scored, image, config);
        int classes = scored.classes();
        Priors priors = scored.output().priors().of(image);
        int first = scored.output().priors().start(image);
        float[] boxes = new float[4 * chosen.length];
        float[] scores = new float[chosen.length];
        int[] labels = new int[chosen.length];
        int[] from = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            int prior = chosen[i] / classes;
            from[i] = prior;
            labels[i] = chosen[i] % classes;
            scores[i] = scored.score(first + prior, labels[i]);
            for (int side = 0; side < 4; side++) {
                float centre = side % 2 == 0 ? priors.x(prior) : priors.y(prior);
                float corner = scored.boxes().corner(first + prior, labels[i], side);
                boxes[4 * i + side] = centre + corner * priors.stride()[prior];
            }
        }
        if (config.clip()) {
            clip(boxes, area);
        }
        Candidates all = new Candidates(scored, image, boxes, scores, labels, from, new int[0]);
        Double smallest = config.smallest();
        return (smallest == null ? all : all.only(i -> all.isAtLeast(i, smallest))).suppressed(config);
    }

    /** Priors times classes of those that score enough, level by level. */
    private static int[] chosen(ScoredOutput scored, int image, DetectConfig config) {
        double lowest = -Math.log(1 / config.minScore() - 1);
        Priors priors = scored.output().priors().of(image);
        int first = scored.output().priors().start(image);
        int classes = scored.classes();
        int[] chosen = IntStream.range(0, priors.size() * classes)
                .filter(i -> scored.mayReach(first + i / classes, i % classes, lowest, config.minScore()))
                .filter(i -> scored.isPlain() || scored.score(first + i / classes, i % classes) >= config.minScore())
                .toArray();
        Integer most = config.perLevel();
        return most == null
                ? chosen
                : IntStream.range(0, priors.levels())
                        .mapToObj(level -> best(scored, first, level(chosen, priors, classes, level), most))
                        .flatMapToInt(Arrays::stream)
                        .toArray();
    }

    private static int[] level(int[] chosen, Priors priors, int classes, int level) {
        int from = priors.levelStart()[level] * classes;
        int to = priors.levelStart()[level + 1] * classes;
        return Arrays.stream(chosen).filter(i -> i >= from && i < to).toArray();
    }

    private static int[] best(ScoredOutput scored, int first, int[] chosen, int most) {
        if (chosen.length <= most) {
            return chosen;
        }
        float[] scores = new float[chosen.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = scored.score(first + chosen[i] / scored.classes(), chosen[i] % scored.classes());
        }
        return Arrays.stream(Nms.best(scores, most)).map(i -> chosen[i]).toArray();
    }

    private static void clip(float[] boxes, Box area) {
        for (int i = 0; i < boxes.length; i += 2) {
            boxes[i] = (float) Math.max(area.x1(), Math.min(area.x2(), boxes[i]));
            boxes[i + 1] = (float) Math.max(area.y1(), Math.min(area.y2(), boxes[i + 1]));
        }
    }

    private boolean isAtLeast(int i, double side) {
        return boxes[4 * i + 2] - boxes[4 * i] >= (float) side && boxes[4 * i + 3] - boxes[4 * i + 1] >= (float) side;
    }

    private Candidates only(IntPredicate holds) {
        int[] which = IntStream.range(0, scores.length).filter(holds).toArray();
        Candidates some = new Candidates(
                scored,
                image,
                new float[4 * which.length],
                new float[which.length],
                new int[which.length],
                new int[which.length],
                new int[0]);
        for (int i = 0; i < which.length; i++) {
            System.arraycopy(boxes, 4 * which[i], some.boxes, 4 * i, 4);
            some.scores[i] = scores[which[i]];
            some.labels[i] = labels[which[i]];
            some.priors[i] = priors[which[i]];
        }
        return some;
    }

    private Candidates suppressed(DetectConfig config) {
        Double overlap = config.overlap();
        int[] stay = overlap == null
                ? Nms.best(scores, config.max())
                : Nms.perClass(boxes, scores, labels, overlap, config.max());
        return new Candidates(scored, image, boxes, scores, labels, priors, stay);
    }

    private @Nullable SideDeviations deviations(int i, Placement toImage) {
        if (!scored.boxes().hasDeviations()) {
            return null;
        }
        PriorBatch all = scored.output().priors();
        float stride = all.of(image).stride()[priors[i]];
        float[] sides = new float[4];
        for (int side = 0; side < sides.length; side++) {
            sides[side] = scored.boxes().deviation(all.start(image) + priors[i], side) * stride;
        }
        double across = Math.abs(toImage.scaleX());
        double down = Math.abs(toImage.scaleY());
        return new SideDeviations(across * sides[0], down * sides[1], across * sides[2], down * sides[3]);
    }

    /** The detections, boxes brought to an image of the given size and clipped to it. */
    List<Detection> detections(long imageId, Placement toImage, int width, int height) {
        return Arrays.stream(kept)
                .mapToObj(i -> {
                    Box box = new Box(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]);
                    Box inImage = toImage.apply(box).clipped(width, height);
                    return new Detection(imageId, labels[i], inImage, scores[i], deviations(i, toImage));
                })
                .filter(d -> !d.box().isEmpty())
                .toList();
    }
}
