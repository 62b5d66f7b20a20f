package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.kernel.Frame;
import dev.parfocal.core.kernel.Turner;
import dev.parfocal.core.language.Bound;
import java.util.Arrays;

/** One thread's means to compute one divergence from a given row, and its part of the gradient. */
final class DivergenceRun {

    private final KernelFormulas.Divergence divergence;
    private final int bins;
    private final int stride;
    private final float[] given;
    private final float[] sum;
    private final float[] pull;
    private final Side ofPredicted;
    private final Side ofGiven;
    private final Frame term;
    private final Frame add;
    private final int slopeColumn;

    /** What is found of each row of one side: its largest logit and that bin, and the softmax at the temperature. */
    private final class Side {
        private final float[] columns;
        private final float[] largest = new float[stride];
        private final float[] bestBin = new float[stride];
        private final float[] others = new float[stride];
        private final float[] logOfSum = new float[stride];
        private final float[] inverse = new float[stride];
        private final Frame top;
        private final Frame sum;
        private final Frame finish;

        Side(float[] columns, CompiledKernel top, Divergences code) {
            this.columns = columns;
            this.top = Softmax.frame(top, columns, largest, bestBin, largest, bestBin);
            sum = Softmax.frame(code.others(), columns, largest, bestBin, others, others);
            finish = Softmax.frame(code.finish(), others, logOfSum, inverse);
        }

        void run(float temperature, int count) {
            System.arraycopy(columns, 0, largest, 0, count);
            Arrays.fill(bestBin, 0, count, 0);
            Arrays.fill(others, 0, count, 0);
            for (int j = 1; j < bins; j++) {
                top.argument(0, j);
                top.start(0, j * stride);
                top.run(count);
            }
            sum.argument(1, temperature);
            for (int j = 0; j < bins; j++) {
                sum.argument(0, j);
                sum.start(0, j * stride);
                sum.run(count);
            }
            finish.run(count);
        }
    }

    /**
     * Prepares the columns.
     *
     * @param top finds the largest logit
     * @param predicted where the columns of logits lie, {@code stride} apart
     * @param value where the divergence goes
     * @param pull the gradient of the program by it
     */
    DivergenceRun(
            Divergences code,
            KernelFormulas.Divergence divergence,
            CompiledKernel top,
            float[] predicted,
            float[] value,
            float[] pull,
            int bins,
            int stride) {
        this.divergence = divergence;
        this.bins = bins;
        this.stride = stride;
        this.pull = pull;
        given = new float[stride * bins];
        sum = value;
        ofPredicted = new Side(predicted, top, code);
        ofGiven = new Side(given, top, code);
        term = Softmax.frame(
                code.term(),
                predicted,
                ofPredicted.largest,
                ofPredicted.bestBin,
                ofPredicted.others,
                ofPredicted.logOfSum,
                ofPredicted.inverse,
                given,
                ofGiven.largest,
                ofGiven.bestBin,
                ofGiven.others,
                ofGiven.logOfSum,
                ofGiven.inverse,
                sum,
                sum,
                given);
        slopeColumn = 14;
        add = Softmax.frame(code.add(), predicted, given, pull, predicted);
    }

    /** Reads the given rows in [from, from + count), and refuses NaN; {@code rows} has room for them. */
    void read(Call call, Turner turner, float[] rows, int from, int count) {
        if (divergence.input().isEmpty()) {
            Arrays.fill(given, 0);
            return;
        }
        int input = divergence.input().getAsInt();
        Batch.Rows batch = (Batch.Rows) call.batch();
        batch.given().get(input).read(from * bins, rows, 0, count * bins);
        float nothing = 0;
        for (int i = 0; i < count * bins; i++) {
            nothing += 0 * rows[i];
        }
        if (Float.isNaN(nothing)) {
            Input row = call.loss().declaredGiven().get(input);
            Targets.check(row.numbers(), Floats.of(rows), 0, from, count);
        }
        turner.toColumns(rows, 0, given, count);
    }

    /** Computes the divergences of the first rows from logits, and keeps their derivatives where the given rows were. */
    void run(Call call, int count) {
        float temperature =
                (float) Bound.value(divergence.temperature(), call.options().arguments());
        ofPredicted.run(temperature, count);
        ofGiven.run(temperature, count);
        Arrays.fill(sum, 0, count, 0);
        term.argument(1, temperature);
        for (int j = 0; j < bins; j++) {
            term.argument(0, j);
            term.start(0, j * stride);
            term.start(6, j * stride);
            term.start(slopeColumn, j * stride);
            term.run(count);
        }
    }

    /** Adds its part to the gradients in the columns of the predicted rows. */
    void pull(int count) {
        for (int j = 0; j < bins; j++) {
            add.start(0, j * stride);
            add.start(1, j * stride);
            add.start(3, j * stride);
            add.run(count);
        }
    }

    /** What it adds to the gradient of one logit. */
    float pullAt(int row, int bin) {
        return pull[row] * given[bin * stride + row];
    }
}
