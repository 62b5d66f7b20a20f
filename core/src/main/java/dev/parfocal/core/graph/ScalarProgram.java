package dev.parfocal.core.graph;

import java.util.List;
import java.util.Set;

/**
 * What every executor computes: from one number per column, a value and one gradient per predicted column.
 *
 * <p>For pointwise and box losses the columns are the loss's scalar inputs, predicted ones first. For row losses the
 * predicted columns are the row operations themselves ({@link Op#LOG_SOFTMAX} and {@link Op#EXPECTATION} nodes): the
 * executor computes them from the row, runs the program, and turns the gradients with respect to them into the gradient of
 * the row, g[j] = S[j] * (-sum of a + aE * (j - E)) + (a of each pick at j); where an expectation is one of a function f of the
 * index, f(j) stands in place of j. A divergence from a given row adds a * (Q[j] - P[j]) / temperature.
 *
 * @param graph the graph that owns every node here
 * @param predicted the leaves that are differentiated: INPUT nodes, or row operations
 * @param given the other columns: INPUT nodes
 * @param value the loss of one element
 * @param gradients the derivative of the value with respect to each of {@code predicted}, in that order
 * @param indices for each of {@code predicted} that is a LOG_SOFTMAX its index as a function of {@code given} and
 *     parameters alone; empty for losses without a row
 */
public record ScalarProgram(
        Graph graph, List<Node> predicted, List<Node> given, Node value, List<Node> gradients, List<Node> indices) {

    public ScalarProgram {
        predicted = List.copyOf(predicted);
        given = List.copyOf(given);
        gradients = List.copyOf(gradients);
        indices = List.copyOf(indices);
        if (gradients.size() != predicted.size()) {
            throw new IllegalArgumentException("one gradient for each predicted column");
        }
    }

    /** The parameters that value or gradients still read: the arguments of a kernel, in the order of their names. */
    public List<Node> arguments() {
        return Walk.reachable(roots(), Set.copyOf(predicted)).stream()
                .filter(node -> node.op() == Op.PARAMETER)
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    /** The functions of the index that expectations among {@code predicted} are taken of, in their order. */
    public List<Node> functions() {
        return predicted.stream()
                .filter(node -> node.op() == Op.EXPECTATION_OF)
                .map(node -> node.operand(1))
                .toList();
    }

    /** Everything that is computed for an element: the outputs, functions of the index, and temperatures. */
    public List<Node> roots() {
        var all = new java.util.ArrayList<Node>(outputs());
        all.addAll(functions());
        predicted.stream().filter(node -> node.op() == Op.KL_DIVERGENCE).forEach(node -> all.add(node.operand(2)));
        return List.copyOf(all);
    }

    /** Where the numbers of a given row begin among {@code given}: each is a column of its own. */
    public int place(Node row) {
        return given.indexOf(graph.input(Node.inRow(row.name(), 0)));
    }

    /** The value, the gradients and the indices. */
    public List<Node> outputs() {
        var all = new java.util.ArrayList<Node>();
        all.add(value);
        all.addAll(gradients);
        all.addAll(indices);
        return List.copyOf(all);
    }
}
