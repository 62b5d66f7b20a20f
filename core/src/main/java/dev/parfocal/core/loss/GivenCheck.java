package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.Floats;
import java.util.List;

/** Looks through tiles of rows of what is given. */
interface GivenCheck {

    /** One thread's tile. */
    @FunctionalInterface
    interface Tile {
        /**
         * Refuses numbers outside the range of their input, and NaN.
         *
         * @param rows the tile's rows, on the heap, which have been turned into columns as well
         * @param first where in {@code rows} their first number lies
         * @param from which element of the batch the first row is
         */
        void run(Floats rows, int first, int from, int count);
    }

    /** A check of tiles whose columns are these. */
    Tile of(List<Floats> columns);

    boolean isWarm();

    /** The fastest check of some inputs. */
    static GivenCheck of(List<Input> given, boolean vector) {
        return RowCheck.fits(given) ? new RowCheck(given, vector) : new ByColumn(new TargetCheck(given, vector));
    }

    /** For inputs of any ranges. */
    record ByColumn(TargetCheck check) implements GivenCheck {
        @Override
        public Tile of(List<Floats> columns) {
            TargetCheck.Tile tile = check.of(columns);
            return (rows, first, from, count) -> tile.run(from, count);
        }

        @Override
        public boolean isWarm() {
            return check.isWarm();
        }
    }
}
