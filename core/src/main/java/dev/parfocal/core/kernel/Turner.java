package dev.parfocal.core.kernel;

/**
 * Turns rows into columns and back: number j of row r lies at {@code rows[first + r * bins + j]} and at {@code columns[j *
 * stride + r]}.
 */
public interface Turner {

    /** The most bins for which code is generated, with every distance a constant; more are turned by two loops. */
    int MOST_GENERATED = 64;

    /** Copies rows to columns. */
    void toColumns(float[] rows, int first, float[] columns, int count);

    /** Copies columns to rows. */
    void toRows(float[] columns, float[] rows, int first, int count);

    /** Copies rows that lie on the heap. */
    default void toColumns(Floats rows, int first, float[] columns, int count) {
        HeapFloats heap = (HeapFloats) rows;
        toColumns(heap.array(), heap.offset() + first, columns, count);
    }

    /** Copies columns to rows that lie on the heap. */
    default void toRows(float[] columns, Floats rows, int first, int count) {
        HeapFloats heap = (HeapFloats) rows;
        toRows(columns, heap.array(), heap.offset() + first, count);
    }

    /** A turner of rows of a length, whose columns lie {@code stride} apart. */
    static Turner of(int bins, int stride) {
        return bins <= MOST_GENERATED
                ? HiddenClasses.instance(Turner.class, TurnerWriter.write(bins, stride))
                : new Loops(bins, stride);
    }

    /** For rows of any length. */
    record Loops(int bins, int stride) implements Turner {

        @Override
        public void toColumns(float[] rows, int first, float[] columns, int count) {
            for (int j = 0; j < bins; j++) {
                int to = j * stride;
                for (int r = 0, from = first + j; r < count; r++, from += bins) {
                    columns[to + r] = rows[from];
                }
            }
        }

        @Override
        public void toRows(float[] columns, float[] rows, int first, int count) {
            for (int j = 0; j < bins; j++) {
                int from = j * stride;
                for (int r = 0, to = first + j; r < count; r++, to += bins) {
                    rows[to] = columns[from + r];
                }
            }
        }
    }
}
