package dev.parfocal.core.loss;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import dev.parfocal.core.language.Formula;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A program in stable forms, with the names that the loss's text gives to what both have in common.
 *
 * @param program the program
 * @param names of some of its nodes
 */
public record NamedProgram(ScalarProgram program, Map<Node, String> names) {

    public NamedProgram {
        names = Map.copyOf(names);
    }

    static NamedProgram of(Formula formula, ScalarProgram program) {
        Graph graph = new Graph();
        Map<Node, Node> written = copies(graph, List.of(formula.value()));
        List<Node> roots = new ArrayList<>(program.outputs());
        roots.addAll(program.predicted());
        roots.addAll(program.given());
        Map<Node, Node> derived = copies(graph, roots);
        Map<Node, String> names = new HashMap<>();
        formula.definitions().forEach((node, name) -> {
            Node copy = written.get(node);
            if (copy != null) {
                names.putIfAbsent(copy, name);
            }
        });
        return new NamedProgram(
                new ScalarProgram(
                        graph,
                        images(program.predicted(), derived),
                        images(program.given(), derived),
                        Objects.requireNonNull(derived.get(program.value())),
                        images(program.gradients(), derived),
                        images(program.indices(), derived)),
                names);
    }

    private static List<Node> images(List<Node> nodes, Map<Node, Node> copies) {
        return nodes.stream()
                .map(node -> Objects.requireNonNull(copies.get(node)))
                .toList();
    }

    private static Map<Node, Node> copies(Graph graph, Collection<Node> roots) {
        Map<Node, Node> copies = new HashMap<>();
        for (Node node : Walk.reachable(roots)) {
            copies.put(node, copy(graph, node, copies));
        }
        return copies;
    }

    private static Node copy(Graph graph, Node node, Map<Node, Node> copies) {
        return switch (node.op()) {
            case CONSTANT -> graph.constant(node.value());
            case INPUT -> graph.input(node.name());
            case PARAMETER -> graph.parameter(node.name());
            case ROW -> graph.row(node.name());
            case INDEX -> graph.index(node.name());
            case ENTRY -> graph.input(Formula.Entry.of(node).name());
            default -> graph.apply(node.op(), images(node.operands(), copies));
        };
    }
}
