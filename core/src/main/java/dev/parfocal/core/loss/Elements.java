package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Floats;
import java.util.List;

/** A batch seen one element at a time. */
sealed interface Elements {

    /** What is given for an element. */
    float given(int element, int column);

    boolean isIgnored(int element);

    static Elements of(Loss loss, Batch batch) {
        if (batch instanceof Batch.Sparse sparse) {
            return new BySparse(sparse, loss.given());
        }
        if (batch instanceof Batch.Boxes boxes) {
            return new Interleaved(boxes.target(), loss.given().size());
        }
        return new Columns(batch instanceof Batch.Dense dense ? dense.given() : ((Batch.Rows) batch).given());
    }

    record Columns(List<Floats> given) implements Elements {
        @Override
        public float given(int element, int column) {
            return given.get(column).get(element);
        }

        @Override
        public boolean isIgnored(int element) {
            return false;
        }
    }

    record Interleaved(Floats given, int width) implements Elements {
        @Override
        public float given(int element, int column) {
            return given.get(element * width + column);
        }

        @Override
        public boolean isIgnored(int element) {
            return false;
        }
    }

    record BySparse(Batch.Sparse batch, List<Input> inputs) implements Elements {
        @Override
        public float given(int element, int column) {
            int anchor = element / batch.classes();
            if (batch.labels()[anchor] != element % batch.classes()) {
                return 0;
            }
            return inputs.get(column).name().equals("label") ? 1 : batch.quality()[anchor];
        }

        @Override
        public boolean isIgnored(int element) {
            return batch.labels()[element / batch.classes()] == Batch.IGNORE;
        }
    }

    /** The error for a target that its input does not accept. */
    static ParfocalException refused(Input input, float value, int anchor, int classOf) {
        return new ParfocalException("the target " + input.name() + " is " + value + " at anchor " + anchor + ", class "
                + classOf + ": it must be in " + input.range());
    }
}
