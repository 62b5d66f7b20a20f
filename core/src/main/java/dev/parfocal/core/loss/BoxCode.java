package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.kernel.Frame;
import dev.parfocal.core.kernel.Kernels;
import java.util.Collections;
import java.util.List;

/** The code of a loss of several predicted numbers: a tile's coordinates are sorted into columns, computed, and put back. */
final class BoxCode implements KindCode {

    private static final int TILE = 512;
    private static final int TILES_PER_CHUNK = 8;

    private final Formula formula;
    private final CompiledKernel kernel;
    private final CompiledKernel adder;
    private final List<Input> given;
    private final int predicted;
    private final boolean weighted;

    BoxCode(Loss loss, Structure structure, boolean vector) {
        given = loss.given();
        predicted = loss.predicted().size();
        weighted = structure.weighted();
        formula = Leaves.formula(
                structure.program(loss), given.stream().map(Input::name).toList(), weighted);
        int columns = formula.inputs().size() + formula.outputs().size();
        kernel = Kernels.compile(formula, false, Collections.nCopies(columns, false), vector);
        adder = Kernels.adder(vector);
    }

    @Override
    public Sweep sweep(Call call, int threads) {
        return new Sweep(threads, TILE, TILES_PER_CHUNK);
    }

    @Override
    public boolean isWarm() {
        return kernel.isWarm() && adder.isWarm();
    }

    @Override
    public TileRun run(Call call, Division division) {
        return new Run(call, division);
    }

    /** One thread's columns. */
    private final class Run implements TileRun {

        private final Frame frame = kernel.frame();
        private final Frame sum = adder.frame();
        private final float[][] inputs = new float[formula.inputs().size()][TILE];
        private final float[][] outputs = new float[formula.outputs().size()][TILE];
        private final float[] read = new float[TILE * Math.max(predicted, given.size())];
        private Call call;
        private Factors factors;

        Run(Call call, Division division) {
            this.call = call;
            factors = new Factors(call, division);
            for (int i = 0; i < inputs.length; i++) {
                frame.column(i, inputs[i]);
            }
            for (int i = 0; i < outputs.length; i++) {
                frame.column(inputs.length + i, outputs[i]);
            }
            sum.column(0, outputs[predicted]);
        }

        @Override
        public void begin(Call next, Division division) {
            call = next;
            factors = new Factors(next, division);
            float scale = (float) (next.options().scale() / division.normalizer());
            Arguments.set(frame, formula, next.options(), scale);
        }

        @Override
        public double tile(int from, int to) {
            int count = to - from;
            Batch.Boxes boxes = (Batch.Boxes) call.batch();
            split(boxes.predicted(), from, count, 0, predicted);
            split(boxes.target(), from, count, predicted, given.size());
            check(from, count);
            if (weighted) {
                factors.write(from, to, inputs[inputs.length - 1]);
            }
            frame.run(count);
            join(from, count);
            Floats wanted = call.options().values();
            if (wanted != null) {
                wanted.write(from, outputs[predicted], 0, count);
            }
            sum.run(count);
            return sum.sum();
        }

        private void split(Floats source, int from, int count, int first, int width) {
            source.read(from * width, read, 0, count * width);
            for (int c = 0; c < width; c++) {
                float[] column = inputs[first + c];
                for (int i = 0; i < count; i++) {
                    column[i] = read[i * width + c];
                }
            }
        }

        private void join(int from, int count) {
            for (int c = 0; c < predicted; c++) {
                float[] column = outputs[c];
                for (int i = 0; i < count; i++) {
                    read[i * predicted + c] = column[i];
                }
            }
            call.gradient().write(from * predicted, read, 0, count * predicted);
        }

        private void check(int from, int count) {
            for (int c = 0; c < given.size(); c++) {
                Targets.check(given.get(c), inputs[predicted + c], from, count);
            }
        }

        @Override
        public long positives() {
            return 0;
        }
    }
}
