package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.kernel.Kernels;
import java.util.Collections;
import java.util.stream.Stream;

/** The code of {@link RowFormulas}, which is run column by column. */
final class RowKernels {

    private final CompiledKernel top;
    private final CompiledKernel exponential;
    private final CompiledKernel finish;
    private final CompiledKernel pick;
    private final CompiledKernel gradient;
    private final CompiledKernel picked;

    RowKernels(RowFormulas formulas, boolean vector) {
        top = compile(formulas.top(), vector);
        exponential = compile(formulas.exponential(), vector);
        finish = compile(formulas.finish(), vector);
        pick = compile(formulas.pick(), vector);
        gradient = compile(formulas.gradient(), vector);
        picked = compile(formulas.picked(), vector);
    }

    private static CompiledKernel compile(Formula formula, boolean vector) {
        int columns = formula.inputs().size() + formula.outputs().size();
        return Kernels.compile(formula, false, Collections.nCopies(columns, false), vector);
    }

    /** {@link RowFormulas#top}. */
    CompiledKernel top() {
        return top;
    }

    /** {@link RowFormulas#exponential}. */
    CompiledKernel exponential() {
        return exponential;
    }

    /** {@link RowFormulas#finish}. */
    CompiledKernel finish() {
        return finish;
    }

    /** {@link RowFormulas#pick}. */
    CompiledKernel pick() {
        return pick;
    }

    /** {@link RowFormulas#gradient}. */
    CompiledKernel gradient() {
        return gradient;
    }

    /** {@link RowFormulas#picked}. */
    CompiledKernel picked() {
        return picked;
    }

    boolean isWarm() {
        return Stream.of(top, exponential, finish, pick, gradient, picked).allMatch(CompiledKernel::isWarm);
    }
}
