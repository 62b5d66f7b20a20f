package dev.parfocal.core.loss;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import dev.parfocal.core.language.Formula;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns formulas into programs. */
final class Programs {

    private Programs() {}

    /** As written, with parameters as constants where they have a value. */
    static ScalarProgram textbook(Formula formula, Map<String, Double> values) {
        Graph graph = new Graph();
        Map<Node, Node> copies = new HashMap<>();
        for (Node node : Walk.reachable(List.of(formula.value()))) {
            copies.put(node, copy(graph, node, copies, values));
        }
        Node value = Objects.requireNonNull(copies.get(formula.value()));
        List<Node> given = formula.given().stream()
                .map(variable -> graph.input(variable.node().name()))
                .toList();
        boolean row = formula.predicted().get(0).node().op() == Op.ROW;
        List<Node> predicted = row
                ? Walk.reachable(List.of(value)).stream()
                        .filter(Programs::readsRow)
                        .toList()
                : formula.predicted().stream()
                        .map(variable -> graph.input(variable.node().name()))
                        .toList();
        List<Node> indices =
                row ? predicted.stream().map(pick -> index(graph, pick)).toList() : List.of();
        return new ScalarProgram(graph, predicted, given, value, derivatives(predicted), indices);
    }

    static ScalarProgram stable(Formula formula, Map<String, Double> values) {
        return textbook(formula, values);
    }

    private static Node copy(Graph graph, Node node, Map<Node, Node> copies, Map<String, Double> values) {
        return switch (node.op()) {
            case CONSTANT -> graph.constant(node.value());
            case INPUT -> graph.input(node.name());
            case ROW -> graph.row(node.name());
            case PARAMETER -> {
                Double value = values.get(node.name());
                yield value == null ? graph.parameter(node.name()) : graph.constant(value);
            }
            default ->
                graph.apply(
                        node.op(),
                        node.operands().stream()
                                .map(operand -> Objects.requireNonNull(copies.get(operand)))
                                .toList());
        };
    }

    private static boolean readsRow(Node node) {
        return node.op() == Op.LOG_SOFTMAX || node.op() == Op.EXPECTATION;
    }

    private static Node index(Graph graph, Node pick) {
        return pick.op() == Op.LOG_SOFTMAX ? pick.operand(1) : graph.constant(0);
    }

    private static List<Node> derivatives(List<Node> predicted) {
        throw new UnsupportedOperationException("no derivatives yet for " + predicted);
    }
}
