package dev.parfocal.core.check;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import dev.parfocal.core.kernel.Interpreter;
import dev.parfocal.core.kernel.ReferenceRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The value of a textbook program around a point, with what stands under stop_gradient held at its value there: the function
 * that the gradient is the derivative of.
 */
final class Frozen {

    private final ScalarProgram program;
    private final List<Node> stops;
    private final Interpreter free;
    private final Interpreter held;
    private final boolean isRow;

    Frozen(ScalarProgram program) {
        this.program = program;
        this.stops = Walk.reachable(List.of(program.value()), Set.copyOf(program.predicted())).stream()
                .filter(node -> node.op() == Op.STOP_GRADIENT)
                .toList();
        List<Node> leaves = new ArrayList<>(program.predicted());
        leaves.addAll(program.given());
        List<Node> roots = new ArrayList<>(program.roots());
        roots.addAll(stops);
        this.free = new Interpreter(leaves, roots);
        leaves.addAll(stops);
        this.held = new Interpreter(leaves, roots);
        this.isRow = program.predicted().stream().noneMatch(node -> node.op() == Op.INPUT);
    }

    /** Holds what is stopped at its value at a point. */
    void hold(Point point) {
        run(free, point.predicted(), point.given());
        stops.forEach(stop -> held.set(stop, free.get(stop)));
    }

    /** The value for other predictions. */
    double at(double[] predicted, double[] given) {
        run(held, predicted, given);
        return held.get(program.value());
    }

    private void run(Interpreter interpreter, double[] predicted, double[] given) {
        for (int i = 0; i < given.length; i++) {
            interpreter.set(program.given().get(i), given[i]);
        }
        if (isRow) {
            new ReferenceRow(program, predicted, given).run(interpreter);
            return;
        }
        for (int i = 0; i < predicted.length; i++) {
            interpreter.set(program.predicted().get(i), predicted[i]);
        }
        interpreter.run();
    }
}
