package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Floats;
import java.util.ArrayList;
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
        return batch instanceof Batch.Rows rows ? OfRows.of(loss, rows) : new Columns(((Batch.Dense) batch).given());
    }

    /** Columns of numbers, and of rows of {@code width} numbers, of which one is {@code at}. */
    record OfRows(List<Place> places) implements Elements {

        private record Place(Floats numbers, int width, int at) {}

        static OfRows of(Loss loss, Batch.Rows batch) {
            List<Place> places = new ArrayList<>();
            for (int i = 0; i < batch.given().size(); i++) {
                int width = Math.max(1, loss.declaredGiven().get(i).length());
                for (int at = 0; at < width; at++) {
                    places.add(new Place(batch.given().get(i), width, at));
                }
            }
            return new OfRows(places);
        }

        @Override
        public float given(int element, int column) {
            Place place = places.get(column);
            return place.numbers().get(element * place.width() + place.at());
        }

        @Override
        public boolean isIgnored(int element) {
            return false;
        }
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
