package dev.parfocal.training.criterion;

import dev.parfocal.training.box.BoxCode;
import dev.parfocal.training.model.Output;
import java.nio.FloatBuffer;

/**
 * The raw numbers of positive rows' boxes for their classes, gathered, and their gradients. Only these parts of the dense
 * gradient differ from 0.
 *
 * @param raw {@code [positives, 4 · bins]} the numbers
 * @param slopes {@code [positives, 4 · bins]} their gradients
 */
record BoxGradient(BoxCode code, Positives positives, float[] raw, float[] slopes) {

    static BoxGradient of(Output output, Positives positives) {
        BoxCode code = output.code();
        int length = 4 * code.bins();
        float[] raw = new float[positives.count() * length];
        BoxGradient gradient = new BoxGradient(code, positives, raw, new float[raw.length]);
        FloatBuffer all = output.boxes().onHost().floats();
        for (int i = 0; i < positives.count(); i++) {
            all.get(gradient.place(i), raw, i * length, length);
        }
        return gradient;
    }

    /** Where a positive row's numbers begin among all. */
    private int place(int positive) {
        return positives.row()[positive] * code.length() + code.offset(positives.label()[positive]);
    }

    /** Adds a gradient by the corners {@code [positives, 4]} of the decoded boxes. */
    void addCorners(BoxCode.Decoded decoded, float[] upstream) {
        for (int i = 0; i < positives.count(); i++) {
            decoded.backwardCorners(
                    positives.row()[i], positives.label()[i], upstream, 4 * i, slopes, 4 * i * code.bins());
        }
    }

    /** Adds a gradient by the coordinates {@code [positives, 4]}. */
    void addCoordinates(BoxCode.Decoded decoded, float[] upstream) {
        for (int i = 0; i < positives.count(); i++) {
            decoded.backwardCoordinates(
                    positives.row()[i], positives.label()[i], upstream, 4 * i, slopes, 4 * i * code.bins());
        }
    }

    /** Scatters the gradients into a dense gradient of the output's shape that is 0 so far. */
    void scatter(FloatBuffer dense) {
        int length = 4 * code.bins();
        for (int i = 0; i < positives.count(); i++) {
            dense.put(place(i), slopes, i * length, length);
        }
    }

    /** Makes the dense gradient 0 again where {@link #scatter} wrote. */
    void erase(FloatBuffer dense) {
        float[] zeros = new float[4 * code.bins()];
        for (int i = 0; i < positives.count(); i++) {
            dense.put(place(i), zeros);
        }
    }
}
