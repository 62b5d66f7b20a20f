package dev.parfocal.core.kernel;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A kernel's columns, arguments and sums as one thread has set them. */
public final class Frame {

    private final List<Part> parts;
    private final Object[][] scalarMemory;
    private final Object[][] vectorMemory;
    private final int[][] starts;
    private final int[][] tails;
    private final int[] offsets;
    private final float[] arguments;
    private final float[] sums = new float[Plan.LANES];

    Frame(CompiledKernel kernel) {
        parts = kernel.parts();
        arguments = new float[kernel.plan().arguments()];
        offsets = new int[kernel.plan().columns() + kernel.scratch()];
        int count = parts.size();
        scalarMemory = new Object[count][];
        vectorMemory = new Object[count][];
        starts = new int[count][];
        tails = new int[count][];
        for (int i = 0; i < count; i++) {
            int columns = parts.get(i).columns().size();
            scalarMemory[i] = new Object[columns];
            vectorMemory[i] = new Object[columns];
            starts[i] = new int[columns];
            tails[i] = new int[columns];
        }
        for (int i = 0; i < kernel.scratch(); i++) {
            float[] scratch = new float[CompiledKernel.TILE];
            set(kernel.plan().columns() + i, scratch, scratch);
        }
    }

    /** Sets an argument. */
    public void argument(int index, float value) {
        arguments[index] = value;
    }

    /** Sets where a column lies: inputs come first, then outputs. */
    public void column(int column, float[] array) {
        offsets[column] = 0;
        set(column, array, array);
    }

    /** Sets where a column lies; it must lie where the kernel was compiled for. */
    public void column(int column, Floats floats) {
        if (floats instanceof DirectFloats direct) {
            offsets[column] = 0;
            set(column, direct.buffer(), direct.vectorMemory());
        } else {
            float[] array = ((HeapFloats) floats).array();
            offsets[column] = ((HeapFloats) floats).offset();
            set(column, array, array);
        }
    }

    private void set(int column, Object scalar, @Nullable Object vector) {
        for (int i = 0; i < parts.size(); i++) {
            int at = parts.get(i).columns().indexOf(column);
            while (at >= 0) {
                scalarMemory[i][at] = scalar;
                vectorMemory[i][at] = vector == null ? scalar : vector;
                at = next(parts.get(i).columns(), column, at);
            }
        }
    }

    /** Sets the element of a column where the next run starts. */
    public void start(int column, int element) {
        for (int i = 0; i < parts.size(); i++) {
            List<Integer> columns = parts.get(i).columns();
            for (int at = columns.indexOf(column); at >= 0; at = next(columns, column, at)) {
                starts[i][at] = offsets[column] + element;
            }
        }
    }

    private static int next(List<Integer> columns, int column, int after) {
        for (int at = after + 1; at < columns.size(); at++) {
            if (columns.get(at) == column) {
                return at;
            }
        }
        return -1;
    }

    /** Computes {@code count} elements, at most {@link CompiledKernel#TILE}; the sums start at 0. */
    public void run(int count) {
        Arrays.fill(sums, 0);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            Kernel vector = part.vector();
            int whole = vector == null ? 0 : count & -Plan.LANES;
            if (vector != null && whole > 0) {
                vector.run(vectorMemory[i], starts[i], whole, arguments, sums);
            }
            if (whole < count) {
                tail(i, part.scalar(), whole, count - whole);
            }
        }
    }

    private void tail(int part, Kernel scalar, int from, int count) {
        int[] start = starts[part];
        int[] tail = tails[part];
        for (int c = 0; c < start.length; c++) {
            tail[c] = start[c] + from;
        }
        scalar.run(scalarMemory[part], tail, count, arguments, sums);
    }

    /** The sum of the last run's summed output: the running sums in double, in their order. */
    public double sum() {
        double sum = 0;
        for (float lane : sums) {
            sum += lane;
        }
        return sum;
    }
}
