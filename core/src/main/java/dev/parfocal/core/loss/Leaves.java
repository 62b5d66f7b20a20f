package dev.parfocal.core.loss;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import dev.parfocal.core.kernel.Formula;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Changes what programs read: smoothed targets, parameters by class, weights and a scale. */
final class Leaves {

    /** The names of inputs and arguments that no loss can have. */
    private static final String WEIGHT = "(weight)";

    private static final String SCALE = "(scale)";

    private Leaves() {}

    /** The program with its targets t replaced by t * (1 - smoothing) + smoothing / 2. */
    static ScalarProgram smoothed(ScalarProgram program, double smoothing) {
        Graph graph = program.graph();
        Map<Node, Node> images = new HashMap<>();
        for (Node target : program.given()) {
            Node share = graph.apply(Op.MULTIPLY, target, graph.constant(1 - smoothing));
            images.put(target, graph.apply(Op.ADD, share, graph.constant(smoothing / 2)));
        }
        return smoothing == 0 ? program : replaced(program, images);
    }

    /** The program with some parameters turned into inputs of the same names, which differ from element to element. */
    static ScalarProgram expanded(ScalarProgram program, Set<String> parameters) {
        Map<Node, Node> images = new HashMap<>();
        for (String name : parameters) {
            images.put(program.graph().parameter(name), program.graph().input(name));
        }
        return parameters.isEmpty() ? program : declared(replaced(program, images), parameters);
    }

    private static ScalarProgram declared(ScalarProgram program, Set<String> inputs) {
        List<Node> given = new ArrayList<>(program.given());
        inputs.forEach(name -> given.add(program.graph().input(name)));
        return new ScalarProgram(
                program.graph(), program.predicted(), given, program.value(), program.gradients(), program.indices());
    }

    private static ScalarProgram replaced(ScalarProgram program, Map<Node, Node> leaves) {
        Map<Node, Node> images = new HashMap<>(leaves);
        program.predicted().forEach(node -> images.put(node, node));
        for (Node node : Walk.reachable(program.outputs(), Set.copyOf(program.predicted()))) {
            if (!images.containsKey(node)) {
                images.put(node, copy(program.graph(), node, images));
            }
        }
        return new ScalarProgram(
                program.graph(),
                program.predicted(),
                program.given(),
                Objects.requireNonNull(images.get(program.value())),
                images(program.gradients(), images),
                images(program.indices(), images));
    }

    private static Node copy(Graph graph, Node node, Map<Node, Node> images) {
        return node.op().arity() == 0 ? node : graph.apply(node.op(), images(node.operands(), images));
    }

    private static List<Node> images(List<Node> nodes, Map<Node, Node> images) {
        return nodes.stream()
                .map(node -> Objects.requireNonNull(images.get(node)))
                .toList();
    }

    /**
     * What a kernel computes of a program: its gradients, scaled, and last its value; both times the weight.
     *
     * @param columns inputs beside the predicted ones, by name
     * @param weighted whether the weight is one more input, the last
     */
    static Formula formula(ScalarProgram program, List<String> columns, boolean weighted) {
        Graph graph = program.graph();
        List<Node> inputs = new ArrayList<>(program.predicted());
        columns.forEach(name -> inputs.add(graph.input(name)));
        List<Node> arguments = new ArrayList<>(program.arguments());
        Node scale = graph.parameter(SCALE);
        arguments.add(scale);
        if (weighted) {
            inputs.add(graph.input(WEIGHT));
        }
        List<Node> outputs = new ArrayList<>();
        for (Node gradient : program.gradients()) {
            outputs.add(graph.apply(Op.MULTIPLY, weighted(graph, gradient, weighted), scale));
        }
        outputs.add(weighted(graph, program.value(), weighted));
        return new Formula(inputs, arguments, outputs);
    }

    /** The product with the weight, and exactly 0 where the weight is. */
    private static Node weighted(Graph graph, Node node, boolean weighted) {
        if (!weighted) {
            return node;
        }
        Node weight = graph.input(WEIGHT);
        Node zero = graph.constant(0);
        return graph.apply(
                Op.SELECT, graph.apply(Op.EQUAL, weight, zero), zero, graph.apply(Op.MULTIPLY, node, weight));
    }
}
