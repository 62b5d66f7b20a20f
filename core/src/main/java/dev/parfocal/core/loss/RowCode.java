package dev.parfocal.core.loss;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The code of a loss of rows. A tile of rows is turned so that its bins are columns: then each column is computed as any
 * other, and a row is one lane.
 */
final class RowCode implements KindCode {

    private static final int MOST_ROWS = 512;
    private static final int NUMBERS = 16384;
    private static final int LANES = 16;
    private static final int TILES_PER_CHUNK = 4;

    private final List<Input> given;
    private final List<Node> predicted;
    private final boolean weighted;
    private final Formula formula;
    private final Formula indexFormula;
    private final boolean vector;
    private final CompiledKernel program;
    private final CompiledKernel indices;
    private final RowKernels kernels;

    RowCode(Loss loss, Structure structure, boolean vector) {
        this.vector = vector;
        given = loss.given();
        weighted = structure.weighted();
        ScalarProgram scalar = structure.program(loss);
        predicted = scalar.predicted();
        List<String> columns = given.stream().map(Input::name).toList();
        formula = Leaves.formula(scalar, columns, weighted);
        program = onHeap(formula, vector);
        List<Node> inputs = columns.stream().map(scalar.graph()::input).toList();
        indexFormula = new Formula(inputs, scalar.arguments(), scalar.indices());
        indices = onHeap(indexFormula, vector);
        kernels = new RowKernels(vector, hasExpectation());
    }

    private static CompiledKernel onHeap(Formula formula, boolean vector) {
        int columns = formula.inputs().size() + formula.outputs().size();
        return Kernels.compile(formula, false, Collections.nCopies(columns, false), vector);
    }

    List<Input> given() {
        return given;
    }

    /** The row operations that the program reads. */
    List<Node> predicted() {
        return predicted;
    }

    /** Where the picks stand among the predicted columns. */
    List<Integer> picks() {
        List<Integer> picks = new ArrayList<>();
        for (int i = 0; i < predicted.size(); i++) {
            if (predicted.get(i).op() == Op.LOG_SOFTMAX) {
                picks.add(i);
            }
        }
        return picks;
    }

    boolean hasExpectation() {
        return predicted.stream().anyMatch(node -> node.op() == Op.EXPECTATION);
    }

    boolean isWeighted() {
        return weighted;
    }

    Formula formula() {
        return formula;
    }

    Formula indexFormula() {
        return indexFormula;
    }

    CompiledKernel program() {
        return program;
    }

    CompiledKernel indices() {
        return indices;
    }

    RowKernels kernels() {
        return kernels;
    }

    /** The rows of a tile: few enough that its numbers stay near the processor. */
    int rowsPerTile(int bins) {
        return Math.max(LANES, Math.min(MOST_ROWS, NUMBERS / bins / LANES * LANES));
    }

    @Override
    public Sweep sweep(Call call, int threads) {
        return new Sweep(threads, rowsPerTile(((Batch.Rows) call.batch()).bins()), TILES_PER_CHUNK);
    }

    @Override
    public boolean isWarm() {
        return program.isWarm()
                && indices.isWarm()
                && kernels.isWarm()
                && Kernels.adder(vector).isWarm();
    }

    @Override
    public TileRun run(Call call, Division division) {
        return new RowRun(this, call, division, vector);
    }
}
