package dev.parfocal.training.criterion;

import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.SideCode;
import java.nio.FloatBuffer;

/**
 * The outputs for the sides of positive points, gathered, and their gradients. Only these points of the dense gradient
 * differ from 0.
 *
 * @param logits {@code [positives · 4, bins]} the outputs
 * @param rows {@code [positives · 4, bins]} their gradients
 */
record SideGradient(SideCode code, Positives positives, float[] logits, float[] rows) {

    static SideGradient of(SideCode code, Tensor sides, Positives positives) {
        int length = 4 * code.bins();
        float[] logits = new float[positives.count() * length];
        FloatBuffer all = sides.floats();
        for (int i = 0; i < positives.count(); i++) {
            all.get(positives.point()[i] * length, logits, i * length, length);
        }
        return new SideGradient(code, positives, logits, new float[logits.length]);
    }

    /** Adds a gradient by the corners {@code [positives, 4]} (x1, y1, x2, y2) of the decoded boxes. */
    void addBoxes(SideCode.Decoded decoded, float[] corners) {
        for (int i = 0; i < corners.length; i++) {
            int side = 4 * positives.point()[i / 4] + i % 4;
            decoded.backward(side, i % 4 < 2 ? -corners[i] : corners[i], rows, i * code.bins());
        }
    }

    /** Scatters the gradients into a dense gradient {@code [batch · anchors, 4 · bins]} that is 0 so far. */
    void scatter(FloatBuffer dense) {
        int length = 4 * code.bins();
        for (int i = 0; i < positives.count(); i++) {
            dense.put(positives.point()[i] * length, rows, i * length, length);
        }
    }

    /** Makes the dense gradient 0 again where {@link #scatter} wrote. */
    void erase(FloatBuffer dense) {
        float[] zeros = new float[4 * code.bins()];
        for (int point : positives.point()) {
            dense.put(point * zeros.length, zeros);
        }
    }
}
