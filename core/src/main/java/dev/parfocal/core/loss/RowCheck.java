package dev.parfocal.core.loss;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.kernel.Frame;
import dev.parfocal.core.kernel.Kernels;
import java.util.List;

/**
 * Looks through rows of what is given as they lie, whatever the column: for inputs that may be any number. The difference of
 * a number and itself is 0 unless it is infinite or NaN; only where such differences do not add up to 0 is NaN sought.
 */
final class RowCheck implements GivenCheck {

    private final List<Input> given;
    private final CompiledKernel onHeap;

    RowCheck(List<Input> given, boolean vector) {
        this.given = given;
        Graph graph = new Graph();
        Node number = graph.input("number");
        Node nothing = graph.apply(Op.SUBTRACT, number, number);
        onHeap = Kernels.compile(
                new Formula(List.of(number), List.of(), List.of(nothing)), true, List.of(false), vector);
    }

    /** Whether rows of these inputs can be looked through in this way. */
    static boolean fits(List<Input> given) {
        boolean inOneRun = given.size() * BoxCode.TILE <= CompiledKernel.TILE;
        return inOneRun
                && given.stream()
                        .allMatch(input -> !input.integer()
                                && input.min() == Double.NEGATIVE_INFINITY
                                && input.max() == Double.POSITIVE_INFINITY);
    }

    @Override
    public boolean isWarm() {
        return onHeap.isWarm();
    }

    @Override
    public Tile of(List<Floats> columns) {
        Frame frame = onHeap.frame();
        return (rows, first, from, count) -> {
            frame.column(0, rows);
            frame.start(0, first);
            frame.run(count * given.size());
            if (frame.sum() != 0) {
                Targets.check(given, rows, first, from, count);
            }
        };
    }
}
