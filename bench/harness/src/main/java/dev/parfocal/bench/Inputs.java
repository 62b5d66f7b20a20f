package dev.parfocal.bench;

import java.util.Arrays;
import java.util.Random;

/**
 * What every contestant computes on. Seeded, so all processes see the same numbers.
 *
 * @param logits {@code [100 000, 80]}, normal around -2 with deviation 3
 * @param labels {@code [100 000]}: a class for every hundredth anchor, background elsewhere
 * @param quality {@code [100 000]}: in (0, 1) where there is a class
 * @param oneHot {@code [100 000, 80]}: the labels, dense, 0 or 1
 * @param soft {@code [100 000, 80]}: the labels' quality, dense
 * @param rows {@code [80 000, 17]}: logits of distributions
 * @param distances {@code [80 000]}: in [0, 15.9]
 * @param predicted {@code [100 000, 4]}: boxes, corners in pixels
 * @param target {@code [100 000, 4]}: the boxes they should be
 */
public record Inputs(
        float[] logits,
        int[] labels,
        float[] quality,
        float[] oneHot,
        float[] soft,
        float[] rows,
        float[] distances,
        float[] predicted,
        float[] target) {

    public static final int ANCHORS = 100_000;
    public static final int CLASSES = 80;
    public static final int ROWS = 80_000;
    public static final int BINS = 17;
    public static final int BOXES = 100_000;

    private static final int BACKGROUND = -1;

    public static Inputs create() {
        Random random = new Random(7);
        float[] logits = normal(random, ANCHORS * CLASSES, -2, 3);
        int[] labels = new int[ANCHORS];
        Arrays.fill(labels, BACKGROUND);
        float[] quality = new float[ANCHORS];
        float[] oneHot = new float[ANCHORS * CLASSES];
        float[] soft = new float[ANCHORS * CLASSES];
        for (int a = 0; a < ANCHORS; a += 100) {
            labels[a] = random.nextInt(CLASSES);
            quality[a] = 0.05f + 0.9f * random.nextFloat();
            oneHot[a * CLASSES + labels[a]] = 1;
            soft[a * CLASSES + labels[a]] = quality[a];
        }
        float[] rows = normal(random, ROWS * BINS, 0, 2);
        float[] distances = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            distances[i] = 15.9f * random.nextFloat();
        }
        float[] target = boxes(random);
        return new Inputs(logits, labels, quality, oneHot, soft, rows, distances, moved(random, target), target);
    }

    private static float[] normal(Random random, int n, float mean, float deviation) {
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = mean + deviation * (float) random.nextGaussian();
        }
        return numbers;
    }

    private static float[] boxes(Random random) {
        float[] boxes = new float[BOXES * 4];
        for (int i = 0; i < boxes.length; i += 4) {
            boxes[i] = 600 * random.nextFloat();
            boxes[i + 1] = 600 * random.nextFloat();
            boxes[i + 2] = boxes[i] + 8 + 100 * random.nextFloat();
            boxes[i + 3] = boxes[i + 1] + 8 + 100 * random.nextFloat();
        }
        return boxes;
    }

    /** Corners off by up to four pixels, so that every box stays a box. */
    private static float[] moved(Random random, float[] boxes) {
        float[] moved = boxes.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += 8 * (random.nextFloat() - 0.5f);
        }
        return moved;
    }
}
