package dev.parfocal.detection.assign;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random objects and predictions for images of 320 x 240 pixels. */
final class Scenes {

    static final int CLASSES = 3;
    static final Priors POINTS = Priors.cells(320, 240, 8, 16, 32);

    private Scenes() {}

    /** Objects of sides from {@code least} to {@code most} pixels; a few reach out of the image. */
    static List<Annotation> objects(Random random, int count, double least, double most) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    double width = least + random.nextDouble() * (most - least);
                    double height = least + random.nextDouble() * (most - least);
                    double x = random.nextDouble() * 340 - 20;
                    double y = random.nextDouble() * 260 - 20;
                    return Annotation.of(Box.ofXywh(x, y, width, height), random.nextInt(CLASSES));
                })
                .toList();
    }

    static Annotation crowd(Box box) {
        return new Annotation(box, 0, true, box.area());
    }

    /** Boxes around every point, of a size that varies; scores anywhere in (0, 1). */
    static Arrays predictions(Random random) {
        float[] scores = new float[POINTS.size() * CLASSES];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextFloat();
        }
        float[] boxes = new float[POINTS.size() * 4];
        for (int at = 0; at < POINTS.size(); at++) {
            float reach = POINTS.stride()[at] * 4;
            boxes[4 * at] = POINTS.x(at) - random.nextFloat() * reach;
            boxes[4 * at + 1] = POINTS.y(at) - random.nextFloat() * reach;
            boxes[4 * at + 2] = POINTS.x(at) + random.nextFloat() * reach;
            boxes[4 * at + 3] = POINTS.y(at) + random.nextFloat() * reach;
        }
        return new Arrays(scores, boxes);
    }

    record Arrays(float[] scores, float[] boxes) {

        Predictions predictions() {
            return Predictions.of(scores, CLASSES, boxes);
        }

        Box box(int anchor) {
            return new Box(boxes[4 * anchor], boxes[4 * anchor + 1], boxes[4 * anchor + 2], boxes[4 * anchor + 3]);
        }
    }

    static double distance(Box box, int anchor) {
        return Math.hypot(POINTS.x(anchor) - box.centerX(), POINTS.y(anchor) - box.centerY());
    }

    static boolean inside(Box box, int anchor) {
        float x = POINTS.x(anchor);
        float y = POINTS.y(anchor);
        return Math.min(Math.min(x - box.x1(), box.x2() - x), Math.min(y - box.y1(), box.y2() - y)) > 0;
    }
}
