package dev.parfocal.core.accuracy;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.kernel.Interpreter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Evaluates a program with one predicted input in double. */
final class Doubles {

    private final ScalarProgram program;
    private final Interpreter interpreter;

    Doubles(ScalarProgram program) {
        this.program = program;
        List<Node> leaves = new ArrayList<>(program.predicted());
        leaves.addAll(program.given());
        leaves.addAll(program.arguments());
        interpreter = new Interpreter(leaves, program.outputs());
    }

    void run(double logit, Map<String, Double> others) {
        interpreter.set(program.predicted().get(0), logit);
        program.given().forEach(node -> interpreter.set(node, others.get(node.name())));
        program.arguments().forEach(node -> interpreter.set(node, others.get(node.name())));
        interpreter.run();
    }

    double value() {
        return interpreter.get(program.value());
    }

    double gradient() {
        return interpreter.get(program.gradients().get(0));
    }

    double get(Node node) {
        return interpreter.get(node);
    }
}
