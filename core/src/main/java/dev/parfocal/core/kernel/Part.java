package dev.parfocal.core.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One section of a kernel, compiled: plain code at once, vector code when it is warm. */
final class Part {

    private final Section section;
    private final List<Memory> memories;
    private final Kernel scalar;
    private volatile @Nullable Kernel vector;
    private volatile boolean expecting;

    /** Compiles the plain code; {@code memories} are the memories of the whole kernel's columns, as plain code sees them. */
    Part(Section section, List<Memory> memories) {
        this.section = section;
        this.memories = section.columns().stream().map(memories::get).toList();
        scalar = HiddenClasses.instance(KernelWriter.write(section.plan(), this.memories, new ScalarDialect(), false));
    }

    Plan plan() {
        return section.plan();
    }

    List<Integer> columns() {
        return section.columns();
    }

    /** Where the columns lie, as vector code sees it. */
    List<Memory> vectorMemories() {
        return memories.stream()
                .map(memory -> memory == Memory.HEAP ? memory : VectorModule.direct())
                .toList();
    }

    Kernel scalar() {
        return scalar;
    }

    @Nullable
    Kernel vector() {
        return vector;
    }

    void swapIn(Kernel warm) {
        vector = warm;
        expecting = false;
    }

    /** Says that vector code is on its way. */
    void expect() {
        expecting = true;
    }

    /** Says that there will be no vector code. */
    void giveUp() {
        expecting = false;
    }

    boolean isExpecting() {
        return expecting;
    }
}
