package dev.parfocal.djl.example;

import java.util.Arrays;
import java.util.Random;

/**
 * Images as a detector's head sees them: a row of features for each anchor. Two anchors of an image show an object, whose
 * class tilts their features; the others are noise.
 *
 * @param images how many
 * @param features {@code [images, COUNT, FEATURES]}
 * @param labels {@code [images, COUNT]}: a class, or -1 for background
 */
record Anchors(int images, float[] features, int[] labels) {

    static final int COUNT = 200;
    static final int FEATURES = 12;
    static final int CLASSES = 3;

    private static final int OBJECTS = 2;
    private static final int BACKGROUND = -1;

    static Anchors seen() {
        return create(64, new Random(1));
    }

    static Anchors unseen() {
        return create(32, new Random(2));
    }

    private static Anchors create(int images, Random random) {
        float[] features = new float[images * COUNT * FEATURES];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
        }
        int[] labels = new int[images * COUNT];
        Arrays.fill(labels, BACKGROUND);
        for (int i = 0; i < images * OBJECTS; i++) {
            int anchor = i / OBJECTS * COUNT + random.nextInt(COUNT);
            labels[anchor] = random.nextInt(CLASSES);
            for (int f = labels[anchor]; f < FEATURES; f += CLASSES) {
                features[anchor * FEATURES + f] += 3;
            }
        }
        return new Anchors(images, features, labels);
    }

    /** @param scores {@code [images, COUNT, CLASSES]} */
    double recall(float[] scores) {
        int objects = 0;
        int found = 0;
        for (int anchor = 0; anchor < labels.length; anchor++) {
            if (labels[anchor] != BACKGROUND) {
                objects++;
                found += isFound(scores, anchor) ? 1 : 0;
            }
        }
        return found / (double) objects;
    }

    /** Whether no background anchor of the image has a higher score for the object's class. */
    private boolean isFound(float[] scores, int object) {
        int label = labels[object];
        int image = object / COUNT;
        for (int anchor = image * COUNT; anchor < (image + 1) * COUNT; anchor++) {
            boolean higher = scores[anchor * CLASSES + label] > scores[object * CLASSES + label];
            if (labels[anchor] == BACKGROUND && higher) {
                return false;
            }
        }
        return true;
    }
}
