package dev.parfocal.core.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Code for a formula. It computes with plain code from the start, and with vectors as soon as they are warm; the bits are
 * the same.
 */
public final class CompiledKernel {

    /** The most elements of one run. */
    public static final int TILE = 2048;

    private final Plan plan;
    private final List<Part> parts;
    private final int scratch;

    CompiledKernel(Plan plan, List<Memory> memories, int sectionSize) {
        this.plan = plan;
        List<Section> sections = Section.cut(plan, sectionSize);
        scratch = Section.scratch(plan, sections);
        List<Memory> all = new ArrayList<>(memories);
        for (int i = 0; i < scratch; i++) {
            all.add(Memory.HEAP);
        }
        parts = sections.stream().map(section -> new Part(section, all)).toList();
    }

    Plan plan() {
        return plan;
    }

    List<Part> parts() {
        return parts;
    }

    int scratch() {
        return scratch;
    }

    /** Whether every part runs on vectors. */
    public boolean isVector() {
        return parts.stream().allMatch(part -> part.vector() != null);
    }

    /** Whether no faster code is being compiled. */
    public boolean isWarm() {
        return parts.stream().noneMatch(Part::isExpecting);
    }

    /** What one thread needs to run this kernel. */
    public Frame frame() {
        return new Frame(this);
    }
}
