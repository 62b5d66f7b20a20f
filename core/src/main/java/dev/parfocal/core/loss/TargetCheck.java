package dev.parfocal.core.loss;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.kernel.Frame;
import dev.parfocal.core.kernel.Kernels;
import java.util.Collections;
import java.util.List;

/** Looks through tiles of what is given: generated code counts what is out of range, and only then is it sought and named. */
final class TargetCheck {

    private final List<Input> given;
    private final CompiledKernel offenders;

    TargetCheck(List<Input> given, boolean vector) {
        this.given = given;
        Graph graph = new Graph();
        List<Node> inputs =
                given.stream().map(input -> graph.input(input.name())).toList();
        Node count = graph.constant(0);
        for (int i = 0; i < inputs.size(); i++) {
            Node fits = fits(graph, inputs.get(i), given.get(i));
            Node one = graph.apply(Op.SELECT, fits, graph.constant(0), graph.constant(1));
            count = graph.apply(Op.ADD, count, one);
        }
        Formula formula = new Formula(inputs, List.of(), List.of(count));
        offenders = Kernels.compile(formula, true, Collections.nCopies(given.size(), false), vector);
    }

    /** False for NaN. */
    private static Node fits(Graph graph, Node number, Input input) {
        Node above = graph.apply(Op.LESS_EQUAL, graph.constant(input.min()), number);
        Node below = graph.apply(Op.LESS_EQUAL, number, graph.constant(input.max()));
        Node inside = graph.apply(Op.AND, above, below);
        Node whole = graph.apply(Op.EQUAL, graph.apply(Op.FLOOR, number), number);
        return input.integer() ? graph.apply(Op.AND, inside, whole) : inside;
    }

    boolean isWarm() {
        return offenders.isWarm();
    }

    /** The check of columns that one thread fills tile by tile. */
    Tile of(List<Floats> columns) {
        Frame frame = offenders.frame();
        for (int i = 0; i < columns.size(); i++) {
            frame.column(i, columns.get(i));
            frame.start(i, 0);
        }
        return new Tile(columns, frame);
    }

    /** A thread's columns under this check. */
    final class Tile {

        private final List<Floats> columns;
        private final Frame frame;

        private Tile(List<Floats> columns, Frame frame) {
            this.columns = columns;
            this.frame = frame;
        }

        /** Refuses numbers outside the range of their input, and NaN; {@code from} is the tile's first element. */
        void run(int from, int count) {
            frame.run(count);
            for (int i = 0; frame.sum() > 0 && i < columns.size(); i++) {
                Targets.check(given.get(i), columns.get(i), from, count);
            }
        }
    }
}
