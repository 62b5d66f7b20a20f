package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.kernel.Frame;
import dev.parfocal.core.kernel.Kernels;
import java.util.Arrays;
import java.util.List;

/** One thread's means to evaluate tiles of rows. */
final class RowRun implements TileRun {

    /** Columns do not start a power of two apart, or they would drive one another out of the cache. */
    private static final int PADDING = 16;

    private final RowCode code;
    private final int bins;
    private final int stride;
    private final List<Integer> picks;
    private final float[] rows;
    private final float[] turned;
    private final float[] largest;
    private final float[] bestBin;
    private final float[] others;
    private final float[] weightedSum;
    private final float[] logOfSum;
    private final float[] inverse;
    private final float[] expectation;
    private final float[] factor;
    private final float[] expectedFactor;
    private final float[][] inputs;
    private final float[][] outputs;
    private final float[][] indices;
    private final float[][] picked;
    private final Frame top;
    private final Frame exponential;
    private final Frame finish;
    private final Frame gradient;
    private final Frame program;
    private final Frame index;
    private final Frame adder;
    private Call call;
    private Factors factors;

    RowRun(RowCode code, Call call, Division division, boolean vector) {
        this.code = code;
        this.call = call;
        factors = new Factors(call, division);
        bins = ((Batch.Rows) call.batch()).bins();
        picks = code.picks();
        int tile = code.rowsPerTile(bins);
        stride = tile + PADDING;
        rows = new float[tile * bins];
        turned = new float[stride * bins];
        largest = new float[tile];
        bestBin = new float[tile];
        others = new float[tile];
        weightedSum = new float[tile];
        logOfSum = new float[tile];
        inverse = new float[tile];
        expectation = new float[tile];
        factor = new float[tile];
        expectedFactor = new float[tile];
        inputs = new float[code.formula().inputs().size()][tile];
        outputs = new float[code.formula().outputs().size()][tile];
        indices = new float[picks.size()][tile];
        picked = new float[picks.size()][tile];
        RowKernels kernels = code.kernels();
        boolean expects = kernels.hasExpectation();
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
        gradient = expects
                ? frame(kernels.gradient(), turned, factor, expectation, expectedFactor, turned)
                : frame(kernels.gradient(), turned, factor, turned);
        program = frame(code.program(), concat(inputs, outputs));
        float[][] given = Arrays.copyOfRange(
                inputs,
                code.predicted().size(),
                code.predicted().size() + code.given().size());
        index = frame(code.indices(), concat(given, indices));
        adder = frame(Kernels.adder(vector), outputs[outputs.length - 1]);
    }

    private static Frame frame(CompiledKernel kernel, float[]... columns) {
        Frame frame = kernel.frame();
        for (int i = 0; i < columns.length; i++) {
            frame.column(i, columns[i]);
        }
        return frame;
    }

    private static float[][] concat(float[][] first, float[][] second) {
        float[][] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    @Override
    public void begin(Call next, Division division) {
        call = next;
        factors = new Factors(next, division);
        float scale = (float) (next.options().scale() / division.normalizer());
        Arguments.set(program, code.formula(), next.options(), scale);
        Arguments.set(index, code.indexFormula(), next.options());
    }

    @Override
    public double tile(int from, int to) {
        int count = to - from;
        turnIn(from, count);
        soften(count);
        int given = code.predicted().size();
        for (int i = 0; i < code.given().size(); i++) {
            ((Batch.Rows) call.batch()).given().get(i).read(from, inputs[given + i], 0, count);
            Targets.check(code.given().get(i), inputs[given + i], from, count);
        }
        if (code.isWeighted()) {
            factors.write(from, to, inputs[inputs.length - 1]);
        }
        index.run(count);
        pick(count);
        program.run(count);
        spread(count);
        turnOut(from, count);
        Floats wanted = call.options().values();
        if (wanted != null) {
            wanted.write(from, outputs[outputs.length - 1], 0, count);
        }
        adder.run(count);
        return adder.sum();
    }

    private void turnIn(int from, int count) {
        call.batch().predicted().read(from * bins, rows, 0, count * bins);
        for (int j = 0; j < bins; j++) {
            int at = j * stride;
            for (int r = 0, source = j; r < count; r++, source += bins) {
                turned[at + r] = rows[source];
            }
        }
    }

    /** The exponentials of the logits in place, and all that follows from them alone; picks are made before that. */
    private void soften(int count) {
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
            exponential.start(code.kernels().hasExpectation() ? 5 : 4, j * stride);
            exponential.run(count);
        }
        finish.run(count);
    }

    /** Writes the program's predicted columns: log-softmax at the picks, taken from the rows as they were. */
    private void pick(int count) {
        for (int p = 0; p < picks.size(); p++) {
            float[] column = inputs[picks.get(p)];
            float[] at = indices[p];
            for (int r = 0; r < count; r++) {
                int bin = Math.max(0, Math.min(bins - 1, (int) at[r]));
                at[r] = bin;
                float log = (rows[r * bins + bin] - largest[r]) - logOfSum[r];
                column[r] = Math.max(-Float.MAX_VALUE, log);
            }
        }
        for (int i = 0; i < code.predicted().size(); i++) {
            if (!picks.contains(i)) {
                System.arraycopy(expectation, 0, inputs[i], 0, count);
            }
        }
    }

    /** From the gradients of the program's columns to those of the logits, in place of the exponentials. */
    private void spread(int count) {
        Arrays.fill(factor, 0, count, 0);
        Arrays.fill(expectedFactor, 0, count, 0);
        for (int i = 0; i < code.predicted().size(); i++) {
            float[] sum = picks.contains(i) ? factor : expectedFactor;
            float sign = picks.contains(i) ? -1 : 1;
            for (int r = 0; r < count; r++) {
                sum[r] += sign * outputs[i][r];
            }
        }
        keepPicked(count);
        for (int r = 0; r < count; r++) {
            factor[r] *= inverse[r];
            expectedFactor[r] *= inverse[r];
        }
        for (int j = 0; j < bins; j++) {
            gradient.argument(0, j);
            gradient.start(0, j * stride);
            gradient.start(code.kernels().hasExpectation() ? 4 : 2, j * stride);
            gradient.run(count);
        }
    }

    /** The gradients at the picked bins, where 1 - softmax is taken from the other bins if it would cancel. */
    private void keepPicked(int count) {
        for (int p = 0; p < picked.length; p++) {
            for (int r = 0; r < count; r++) {
                int bin = (int) indices[p][r];
                float softmax = turned[bin * stride + r] * inverse[r];
                float rest = bestBin[r] == bin ? others[r] * inverse[r] : 1 - softmax;
                float own = own(bin, r);
                float foreign = -factor[r] - own;
                picked[p][r] = own * rest + softmax * (expectedFactor[r] * (bin - expectation[r]) - foreign);
            }
        }
    }

    /** The sum of the gradients of all picks of a bin. */
    private float own(int bin, int r) {
        float sum = 0;
        for (int p = 0; p < picked.length; p++) {
            sum += (int) indices[p][r] == bin ? outputs[picks.get(p)][r] : 0;
        }
        return sum;
    }

    private void turnOut(int from, int count) {
        for (int p = 0; p < picked.length; p++) {
            for (int r = 0; r < count; r++) {
                turned[(int) indices[p][r] * stride + r] = picked[p][r];
            }
        }
        for (int j = 0; j < bins; j++) {
            int at = j * stride;
            for (int r = 0, target = j; r < count; r++, target += bins) {
                rows[target] = turned[at + r];
            }
        }
        call.gradient().write(from * bins, rows, 0, count * bins);
    }

    @Override
    public long positives() {
        return 0;
    }
}
