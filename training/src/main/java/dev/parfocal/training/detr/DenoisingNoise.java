package dev.parfocal.training.detr;

import java.util.SplittableRandom;

/** Draws the noise on the classes and boxes of denoising queries. */
record DenoisingNoise(RtDetrConfig.Denoising config, int classCount, SplittableRandom random) {

    /** A class, sometimes one that is drawn anew. */
    int label(int label) {
        return random.nextDouble() < config.labelNoise() / 2 ? random.nextInt(classCount) : label;
    }

    /**
     * A box with moved corners, kept within the image.
     *
     * @param corners x1, y1, x2, y2 as shares of the image; receives cx, cy, w, h, of which w and h may be negative
     * @param far whether it is to be no object's
     */
    void move(float[] corners, int at, boolean far) {
        float[] half = {(corners[at + 2] - corners[at]) / 2, (corners[at + 3] - corners[at + 1]) / 2};
        for (int i = 0; i < 4; i++) {
            double distance = random.nextDouble() + (far ? 1 : 0);
            double signed = random.nextBoolean() ? distance : -distance;
            double moved = corners[at + i] + signed * half[i % 2] * config.boxNoise();
            corners[at + i] = (float) Math.max(0, Math.min(1, moved));
        }
        for (int axis = 0; axis < 2; axis++) {
            float low = corners[at + axis];
            float high = corners[at + axis + 2];
            corners[at + axis] = (low + high) / 2;
            corners[at + axis + 2] = high - low;
        }
    }
}
