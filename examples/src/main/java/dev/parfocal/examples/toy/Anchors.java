package dev.parfocal.examples.toy;

import java.util.Arrays;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Anchors as a detector's head sees them: a row of features each. One in a hundred shows an object, whose class tilts its
 * features; the others are noise.
 *
 * @param features {@code [anchors, FEATURES]}
 * @param labels {@code [anchors]}: a class, or -1 for background
 */
public record Anchors(float[] features, int[] labels) {

    /** Numbers that describe an anchor. */
    public static final int FEATURES = 12;

    /** Classes of objects. */
    public static final int CLASSES = 3;

    private static final int RARITY = 100;
    private static final int BACKGROUND = -1;

    /** Draws anchors; the same seed draws the same. */
    public static Anchors draw(int anchors, long seed) {
        Random random = new Random(seed);
        float[] features = new float[anchors * FEATURES];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
        }
        int[] labels = new int[anchors];
        Arrays.fill(labels, BACKGROUND);
        for (int anchor = 0; anchor < anchors; anchor += RARITY) {
            labels[anchor] = random.nextInt(CLASSES);
            for (int f = labels[anchor]; f < FEATURES; f += CLASSES) {
                features[anchor * FEATURES + f] += 2.5f;
            }
        }
        return new Anchors(features, labels);
    }

    /** How many anchors. */
    public int count() {
        return labels.length;
    }

    /** The features as a tensor {@code [anchors, FEATURES]}. */
    public Tensor tensor() {
        try (FloatPointer pointer = new FloatPointer(features)) {
            return torch.from_blob(pointer, new long[] {count(), FEATURES}).clone();
        }
    }

    /** A quality of 1 for each anchor {@code [anchors]}. */
    public float[] quality() {
        float[] quality = new float[count()];
        Arrays.fill(quality, 1);
        return quality;
    }

    /**
     * The share of objects whose class scores higher than at 99 of 100 background anchors.
     *
     * @param scores {@code [anchors, CLASSES]}
     */
    public double recall(float[] scores) {
        int objects = 0;
        int found = 0;
        for (int anchor = 0; anchor < count(); anchor++) {
            if (labels[anchor] != BACKGROUND) {
                objects++;
                found += rank(scores, anchor) <= count() / RARITY ? 1 : 0;
            }
        }
        return found / (double) objects;
    }

    private int rank(float[] scores, int object) {
        int label = labels[object];
        int higher = 0;
        for (int anchor = 0; anchor < count(); anchor++) {
            boolean above = scores[anchor * CLASSES + label] > scores[object * CLASSES + label];
            higher += labels[anchor] == BACKGROUND && above ? 1 : 0;
        }
        return higher;
    }
}
