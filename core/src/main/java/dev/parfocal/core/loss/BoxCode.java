package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.kernel.Kernels;
import dev.parfocal.core.kernel.Turner;
import java.util.Collections;
import java.util.List;

/** The code of a loss of several predicted numbers: a tile's coordinates are sorted into columns, computed, and put back. */
final class BoxCode implements KindCode {

    static final int TILE = 512;
    /** Columns do not start a power of two apart, or they would drive one another out of the cache. */
    static final int STRIDE = TILE + 16;

    static final int TILES_PER_CHUNK = 4;

    private final Loss loss;
    private final boolean weighted;
    private final Formula formula;
    private final CompiledKernel kernel;
    private final CompiledKernel adder;
    private final GivenCheck check;
    private final Turner predicted;
    private final Turner given;

    BoxCode(Loss loss, Structure structure, boolean vector) {
        this.loss = loss;
        List<Input> inputs = loss.given();
        weighted = structure.weighted();
        formula = StructureFormulas.boxes(loss, structure).program();
        int columns = formula.inputs().size() + formula.outputs().size();
        kernel = Kernels.compile(formula, false, Collections.nCopies(columns, false), vector);
        adder = Kernels.adder(vector);
        check = GivenCheck.of(inputs, vector);
        predicted = Turner.of(loss.predicted().size(), STRIDE);
        given = Turner.of(inputs.size(), STRIDE);
    }

    Loss loss() {
        return loss;
    }

    boolean isWeighted() {
        return weighted;
    }

    Formula formula() {
        return formula;
    }

    CompiledKernel kernel() {
        return kernel;
    }

    CompiledKernel adder() {
        return adder;
    }

    GivenCheck check() {
        return check;
    }

    /** Turns predicted boxes, and gradients. */
    Turner predicted() {
        return predicted;
    }

    /** Turns targets. */
    Turner given() {
        return given;
    }

    @Override
    public Sweep sweep(Call call, int threads) {
        return new Sweep(threads, TILE, TILES_PER_CHUNK);
    }

    @Override
    public boolean isWarm() {
        return kernel.isWarm() && adder.isWarm() && check.isWarm();
    }

    @Override
    public TileRun run(Call call, Division division) {
        return new BoxRun(this, call, division);
    }
}
