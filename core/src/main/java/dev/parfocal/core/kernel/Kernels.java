package dev.parfocal.core.kernel;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles formulas, and keeps what was compiled. */
public final class Kernels {

    private static final int KEPT = 512;
    /** The most steps that the compiler takes in one piece; cuts cost more than long bodies. */
    private static final int SECTION = 200;

    private record Key(String listing, List<Memory> memories, boolean vector) {}

    private static final Map<Key, CompiledKernel> KNOWN = new LinkedHashMap<>(64, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CompiledKernel> eldest) {
            return size() > KEPT;
        }
    };

    private Kernels() {}

    /**
     * Code that computes a formula.
     *
     * @param sum whether the last output is summed and not stored
     * @param direct for each column, inputs and then stored outputs, whether it lies outside the heap
     * @param vector whether vectors may be used
     */
    public static CompiledKernel compile(Formula formula, boolean sum, List<Boolean> direct, boolean vector) {
        Plan plan = Plan.of(formula, sum);
        List<Memory> memories =
                direct.stream().map(each -> each ? Memory.FLOATS : Memory.HEAP).toList();
        if (memories.size() != plan.columns()) {
            throw new IllegalArgumentException(memories.size() + " memories for " + plan.columns() + " columns");
        }
        boolean onVectors = vector && VectorModule.width() > 0;
        synchronized (KNOWN) {
            return KNOWN.computeIfAbsent(
                    new Key(plan.listing(), memories, onVectors), key -> make(plan, memories, onVectors));
        }
    }

    /** Code that sums a column on the heap, in the order in which kernels sum. */
    public static CompiledKernel adder(boolean vector) {
        Node number = new Graph().input("number");
        return compile(new Formula(List.of(number), List.of(), List.of(number)), true, List.of(false), vector);
    }

    private static CompiledKernel make(Plan plan, List<Memory> memories, boolean vector) {
        CompiledKernel kernel = new CompiledKernel(plan, memories, SECTION);
        if (vector) {
            kernel.parts().forEach(Warmup::request);
        }
        return kernel;
    }
}
