package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.kernel.Kernels;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The code of divergences from given rows. */
final class Divergences {

    private final List<KernelFormulas.Divergence> all;
    private final CompiledKernel others;
    private final CompiledKernel finish;
    private final CompiledKernel term;
    private final CompiledKernel add;

    Divergences(List<KernelFormulas.Divergence> all, boolean vector) {
        this.all = all;
        DivergenceFormulas formulas = new DivergenceFormulas();
        others = compile(formulas.others(), vector);
        finish = compile(formulas.finish(), vector);
        term = compile(formulas.term(), vector);
        add = compile(formulas.add(), vector);
    }

    private static CompiledKernel compile(Formula formula, boolean vector) {
        int columns = formula.inputs().size() + formula.outputs().size();
        return Kernels.compile(formula, false, Collections.nCopies(columns, false), vector);
    }

    /** The divergences that a loss reads. */
    List<KernelFormulas.Divergence> all() {
        return all;
    }

    boolean isWarm() {
        return Stream.of(others, finish, term, add).allMatch(CompiledKernel::isWarm);
    }

    /** {@link DivergenceFormulas#others}. */
    CompiledKernel others() {
        return others;
    }

    /** {@link DivergenceFormulas#finish}. */
    CompiledKernel finish() {
        return finish;
    }

    /** {@link DivergenceFormulas#term}. */
    CompiledKernel term() {
        return term;
    }

    /** {@link DivergenceFormulas#add}. */
    CompiledKernel add() {
        return add;
    }
}
