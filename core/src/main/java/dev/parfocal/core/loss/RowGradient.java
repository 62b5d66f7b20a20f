package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** From the gradients of a program's picks and expectation to those of the rows' logits. */
final class RowGradient {

    private final int bins;
    private final int stride;
    private final int gradientColumn;
    private final List<float[]> pulls;
    private final List<float[]> expectedPulls;
    private final float[] factor;
    private final float[] expectedFactor;
    private final float[][] gradients;
    private final float[][] indices;
    private final RowFunctionsRun functions;
    private final RowFunctionsRun.Pulls ofBin;
    private final List<RowFunctionsRun.Pulls> ofPicks = new ArrayList<>();
    private final Frame gradient;
    private final List<Frame> picked = new ArrayList<>();

    /**
     * Prepares the columns.
     *
     * @param logits each pick's column of logits
     * @param indices each pick's column of bins
     * @param pulls each pick's column of gradients
     * @param expectedPulls the expectation's column of gradients, if the program reads it
     * @param functionPulls the columns of gradients of expectations of functions of the index
     */
    RowGradient(
            RowKernels kernels,
            Softmax softmax,
            RowFunctionsRun functions,
            float[] turned,
            int bins,
            int stride,
            float[][] logits,
            float[][] indices,
            List<float[]> pulls,
            List<float[]> expectedPulls,
            List<float[]> functionPulls) {
        this.bins = bins;
        this.stride = stride;
        this.pulls = pulls;
        this.expectedPulls = expectedPulls;
        this.functions = functions;
        this.indices = indices;
        factor = new float[stride];
        ofBin = functions.pulls(functionPulls, factor);
        expectedFactor = new float[stride];
        gradients = new float[logits.length][stride];
        List<float[]> expected = expectedPulls.isEmpty() ? List.of() : List.of(softmax.expectation, expectedFactor);
        gradient = frame(kernels.gradient(), List.of(turned, softmax.inverse, ofBin.factor()), expected, turned);
        gradientColumn = 3 + expected.size();
        for (int p = 0; p < logits.length; p++) {
            RowFunctionsRun.Pulls ofPick = functions.pulls(functionPulls, factor);
            ofPicks.add(ofPick);
            List<float[]> columns = new ArrayList<>(List.of(
                    logits[p], softmax.largest, softmax.bestBin, softmax.others, softmax.inverse, ofPick.factor()));
            for (int i = 0; i < logits.length; i++) {
                int pick = (p + i) % logits.length;
                columns.add(indices[pick]);
                columns.add(pulls.get(pick));
            }
            picked.add(frame(kernels.picked(), columns, expected, gradients[p]));
        }
    }

    private static Frame frame(CompiledKernel kernel, List<float[]> first, List<float[]> second, float[] output) {
        List<float[]> columns = new ArrayList<>(first);
        columns.addAll(second);
        columns.add(output);
        return Softmax.frame(kernel, columns.toArray(float[][]::new));
    }

    /** Writes the gradient over the exponentials in the columns, as if no bin were picked. */
    void run(int count) {
        sum(pulls, -1, factor, count);
        sum(expectedPulls, 1, expectedFactor, count);
        for (int p = 0; p < picked.size(); p++) {
            functions.pullAt(indices[p], factor, ofPicks.get(p), count);
            picked.get(p).run(count);
        }
        for (int j = 0; j < bins; j++) {
            functions.pullAt(j, factor, ofBin, count);
            gradient.argument(0, j);
            gradient.start(0, j * stride);
            gradient.start(gradientColumn, j * stride);
            gradient.run(count);
        }
    }

    private static void sum(List<float[]> columns, float sign, float[] into, int count) {
        Arrays.fill(into, 0, count, 0);
        for (float[] column : columns) {
            for (int r = 0; r < count; r++) {
                into[r] += sign * column[r];
            }
        }
    }

    /** The gradients at the bins of a pick. */
    float[] picked(int pick) {
        return gradients[pick];
    }
}
