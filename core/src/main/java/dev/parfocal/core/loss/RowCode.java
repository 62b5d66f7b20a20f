package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.kernel.Kernels;
import dev.parfocal.core.kernel.Turner;
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
    static final int TILES_PER_CHUNK = 4;
    /** Columns do not start a power of two apart, or they would drive one another out of the cache. */
    private static final int PADDING = 16;

    private final int bins;
    private final int stride;
    private final Turner turner;
    private final List<Input> given;
    private final List<Integer> givenPlaces;
    private final boolean weighted;
    private final KernelFormulas.Rows formulas;
    private final boolean vector;
    private final TargetCheck check;
    private final CompiledKernel program;
    private final CompiledKernel indices;
    private final RowKernels kernels;
    private final RowFunctions functions;
    private final Divergences divergences;

    RowCode(Loss loss, Structure structure, boolean vector) {
        this.vector = vector;
        given = loss.scalarGiven();
        givenPlaces =
                loss.scalarGiven().stream().map(loss.declaredGiven()::indexOf).toList();
        check = new TargetCheck(given, vector);
        weighted = structure.weighted();
        formulas = StructureFormulas.rows(loss, structure);
        bins = formulas.bins();
        program = onHeap(formulas.program(), vector);
        indices = onHeap(formulas.indices(), vector);
        functions = new RowFunctions(formulas.functions(), vector);
        divergences = new Divergences(formulas.divergences(), vector);
        kernels = new RowKernels(formulas.steps(), vector);
        stride = rowsPerTile(bins) + PADDING;
        turner = Turner.of(bins, stride);
    }

    private static CompiledKernel onHeap(Formula formula, boolean vector) {
        int columns = formula.inputs().size() + formula.outputs().size();
        return Kernels.compile(formula, false, Collections.nCopies(columns, false), vector);
    }

    /** What is given but for rows. */
    List<Input> given() {
        return given;
    }

    /** Which of what a batch gives these are. */
    List<Integer> givenPlaces() {
        return givenPlaces;
    }

    /** The column of a given number among these. */
    int givenColumn(String name) {
        return given.stream().map(Input::name).toList().indexOf(name);
    }

    Divergences divergences() {
        return divergences;
    }

    TargetCheck check() {
        return check;
    }

    /** Where the picks stand among the predicted columns. */
    List<Integer> picks() {
        return formulas.picks();
    }

    /** Where expectations stand among the predicted columns: at one place, if the loss reads it. */
    List<Integer> expectations() {
        return formulas.expectations();
    }

    /** Where expectations of functions of the index stand among the predicted columns. */
    List<Integer> functionPlaces() {
        return formulas.functions().stream()
                .map(KernelFormulas.IndexFunction::place)
                .toList();
    }

    RowFunctions functions() {
        return functions;
    }

    boolean hasExpectation() {
        return !expectations().isEmpty();
    }

    /** The first input of the program that is given; predicted ones stand before it. */
    int firstGiven() {
        return picks().size()
                + expectations().size()
                + functionPlaces().size()
                + divergences.all().size();
    }

    int bins() {
        return bins;
    }

    /** How far apart a tile's columns lie. */
    int stride() {
        return stride;
    }

    Turner turner() {
        return turner;
    }

    boolean isWeighted() {
        return weighted;
    }

    Formula formula() {
        return formulas.program();
    }

    Formula indexFormula() {
        return formulas.indices();
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

    /** Few enough that a tile's numbers stay near the processor. */
    static int rowsPerTile(int bins) {
        return Math.max(LANES, Math.min(MOST_ROWS, NUMBERS / bins / LANES * LANES));
    }

    @Override
    public Sweep sweep(Call call, int threads) {
        return new Sweep(threads, rowsPerTile(bins), TILES_PER_CHUNK);
    }

    @Override
    public boolean isWarm() {
        return check.isWarm()
                && program.isWarm()
                && indices.isWarm()
                && kernels.isWarm()
                && functions.isWarm()
                && divergences.isWarm()
                && Kernels.adder(vector).isWarm();
    }

    @Override
    public TileRun run(Call call, Division division) {
        return new RowRun(this, call, division, vector);
    }
}
