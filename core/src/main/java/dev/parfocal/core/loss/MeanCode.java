package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.kernel.Frame;
import dev.parfocal.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The code of the mean that a state moves towards: of what is summed, and of what counts. */
final class MeanCode {

    private static final int TILES_PER_CHUNK = 16;

    private final List<Formula> formulas;
    private final List<CompiledKernel> kernels;

    MeanCode(Call call, State state, boolean vector) {
        KernelFormulas.Mean mean = KernelFormulas.Mean.of(call.stateTerms(state));
        formulas = List.of(mean.sum(), mean.count());
        kernels = formulas.stream()
                .map(formula -> Kernels.compile(
                        formula, false, Collections.nCopies(formula.inputs().size() + 1, false), vector))
                .toList();
    }

    boolean isWarm() {
        return kernels.stream().allMatch(CompiledKernel::isWarm);
    }

    /** The mean over a call's elements, with the same bits for any number of threads; NaN if none counts. */
    double of(Call call, int threads) {
        return total(call, threads, 0) / total(call, threads, 1);
    }

    private double total(Call call, int threads, int term) {
        List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            tiles.add(new Tile(call, kernels.get(term).frame(), formulas.get(term)));
        }
        return new Sweep(threads, CompiledKernel.TILE, TILES_PER_CHUNK)
                .sum(
                        call.batch().elements(),
                        (worker, from, to) -> tiles.get(worker).sum(from, to));
    }

    /** One thread's tile. */
    private static final class Tile {

        private final Columns columns;
        private final Frame frame;
        private final float[] terms = new float[CompiledKernel.TILE];

        Tile(Call call, Frame frame, Formula formula) {
            columns = new Columns(call);
            this.frame = frame;
            for (int i = 0; i < columns.numbers().length; i++) {
                frame.column(i, columns.numbers()[i]);
            }
            frame.column(columns.numbers().length, terms);
            Arguments.set(frame, formula, call.options());
        }

        double sum(int from, int to) {
            columns.read(from, to);
            frame.run(to - from);
            double sum = 0;
            for (int i = 0; i < to - from; i++) {
                sum += columns.weights()[i] == 0 ? 0 : terms[i];
            }
            return sum;
        }
    }
}
