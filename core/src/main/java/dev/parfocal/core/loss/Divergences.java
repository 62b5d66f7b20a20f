package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.kernel.Kernels;
import java.util.Collections;
import java.util.List;

/** The code of divergences from given rows. */
final class Divergences {

    private final List<KernelFormulas.Divergence> all;
    private final List<CompiledKernel> kernels;

    /** Nothing is compiled where there are none. */
    Divergences(List<KernelFormulas.Divergence> all, boolean vector) {
        this.all = all;
        DivergenceFormulas formulas = new DivergenceFormulas();
        List<Formula> steps = List.of(formulas.others(), formulas.finish(), formulas.term(), formulas.add());
        kernels = all.isEmpty()
                ? List.of()
                : steps.stream().map(step -> compile(step, vector)).toList();
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
        return kernels.stream().allMatch(CompiledKernel::isWarm);
    }

    /** {@link DivergenceFormulas#others}. */
    CompiledKernel others() {
        return kernels.get(0);
    }

    /** {@link DivergenceFormulas#finish}. */
    CompiledKernel finish() {
        return kernels.get(1);
    }

    /** {@link DivergenceFormulas#term}. */
    CompiledKernel term() {
        return kernels.get(2);
    }

    /** {@link DivergenceFormulas#add}. */
    CompiledKernel add() {
        return kernels.get(3);
    }
}
