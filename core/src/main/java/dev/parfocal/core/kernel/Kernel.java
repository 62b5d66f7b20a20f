package dev.parfocal.core.kernel;

/** Generated code. */
interface Kernel {

    /**
     * Computes some elements.
     *
     * @param memory the input columns and then the output columns: each a float[] or what {@link Memory} says
     * @param start where the elements start in each column
     * @param count how many elements; vector code needs a multiple of {@link Plan#LANES}
     * @param arguments the kernel's arguments
     * @param sums {@link Plan#LANES} running sums: element i adds to sums[i % LANES]; left alone by plans that do not sum
     */
    void run(Object[] memory, int[] start, int count, float[] arguments, float[] sums);
}
