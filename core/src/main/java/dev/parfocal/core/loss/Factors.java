package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.Floats;
import org.jspecify.annotations.Nullable;

/** The weights of a call's elements, all kinds multiplied. */
final class Factors {

    private final @Nullable Floats element;
    private final @Nullable Floats anchor;
    private final @Nullable Floats byClass;
    private final double[] byImage;
    private final @Nullable Floats labels;
    private final int classes;
    private final int anchorsPerImage;

    Factors(Call call, Division division) {
        Weights weights = call.options().weights();
        element = weights.element();
        anchor = weights.anchor();
        byClass = weights.classes();
        labels = byClass != null && call.batch() instanceof Batch.Rows rows ? labels(call.loss(), rows) : null;
        byImage = division.byImage();
        classes = call.classes();
        anchorsPerImage = Math.max(1, call.anchors() / Math.max(1, byImage.length));
    }

    private static Floats labels(Loss loss, Batch.Rows rows) {
        return rows.given().get(loss.declaredGiven().indexOf(loss.classInput().orElseThrow()));
    }

    /** Writes the weights of the elements in [from, to). */
    void write(int from, int to, float[] into) {
        for (int e = from; e < to; ) {
            int row = e / classes;
            int end = Math.min(to, (row + 1) * classes);
            float factor = anchor == null ? 1 : anchor.get(row);
            if (byImage.length > 0) {
                factor = (float) (factor / byImage[row / anchorsPerImage]);
            }
            for (; e < end; e++) {
                into[e - from] =
                        factor * at(element, e) * at(byClass, labels == null ? e - row * classes : index(labels, e));
            }
        }
    }

    /** The class of a row; a label that is outside its range is refused where targets are checked. */
    private int index(Floats of, int row) {
        int last = byClass == null ? 0 : byClass.length() - 1;
        return (int) Math.max(0, Math.min(last, of.get(row)));
    }

    private static float at(@Nullable Floats factors, int index) {
        return factors == null ? 1 : factors.get(index);
    }
}
