package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Frame;
import java.util.Arrays;

/** The softmax of a tile of rows that were turned into columns, and what follows from it for each row. */
final class Softmax {

    private final int bins;
    private final int stride;
    private final int exponentialColumn;
    private final Frame top;
    private final Frame exponential;
    private final Frame finish;
    /** Of each row: its largest logit. */
    final float[] largest;
    /** Of each row: the bin of its largest logit, the first if several are equal. */
    final float[] bestBin;
    /** Of each row: the sum of the other bins' exp(logit - largest). */
    final float[] others;
    /** Of each row: log(1 + others). */
    final float[] logOfSum;
    /** Of each row: 1 / (1 + others). */
    final float[] inverse;
    /** Of each row: the expectation of the bin; only if the loss reads it. */
    final float[] expectation;

    private final float[] weightedSum;

    /**
     * Prepares the columns.
     *
     * @param turned where the columns of logits lie, {@code stride} apart
     */
    Softmax(RowKernels kernels, boolean expects, float[] turned, int bins, int stride) {
        this.bins = bins;
        this.stride = stride;
        largest = new float[stride];
        bestBin = new float[stride];
        others = new float[stride];
        logOfSum = new float[stride];
        inverse = new float[stride];
        expectation = new float[stride];
        weightedSum = new float[stride];
        top = frame(kernels.top(), turned, largest, bestBin, largest, bestBin);
        exponential = expects
                ? frame(
                        kernels.exponential(),
                        turned,
                        largest,
                        bestBin,
                        others,
                        weightedSum,
                        turned,
                        others,
                        weightedSum)
                : frame(kernels.exponential(), turned, largest, bestBin, others, turned, others);
        finish = expects
                ? frame(kernels.finish(), others, weightedSum, logOfSum, inverse, expectation)
                : frame(kernels.finish(), others, logOfSum, inverse);
        exponentialColumn = expects ? 5 : 4;
    }

    static Frame frame(CompiledKernel kernel, float[]... columns) {
        Frame frame = kernel.frame();
        for (int i = 0; i < columns.length; i++) {
            frame.column(i, columns[i]);
        }
        return frame;
    }

    /** Computes the first {@code count} rows; the columns hold exp(logit - largest) afterwards. */
    void run(float[] turned, int count) {
        System.arraycopy(turned, 0, largest, 0, count);
        Arrays.fill(bestBin, 0, count, 0);
        Arrays.fill(others, 0, count, 0);
        Arrays.fill(weightedSum, 0, count, 0);
        for (int j = 1; j < bins; j++) {
            top.argument(0, j);
            top.start(0, j * stride);
            top.run(count);
        }
        for (int j = 0; j < bins; j++) {
            exponential.argument(0, j);
            exponential.start(0, j * stride);
            exponential.start(exponentialColumn, j * stride);
            exponential.run(count);
        }
        finish.run(count);
    }
}
