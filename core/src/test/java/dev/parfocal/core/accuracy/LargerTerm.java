package dev.parfocal.core.accuracy;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The size that an error is judged by: the result itself, or where the result is a true difference the larger of its terms.
 * Products of differences have the product of their sizes, powers what the base's size makes of them.
 */
final class LargerTerm {

    private final List<Node> order;
    private final Node root;

    LargerTerm(ScalarProgram program, Node root) {
        this.root = root;
        order = Walk.reachable(List.of(root), Set.copyOf(program.predicted()));
    }

    double of(Doubles values) {
        Map<Node, Double> sizes = new HashMap<>();
        for (Node node : order) {
            sizes.put(node, size(node, values, sizes));
        }
        return sizes.get(root);
    }

    private static double size(Node node, Doubles values, Map<Node, Double> sizes) {
        double value = Math.abs(values.get(node));
        return switch (node.op()) {
            case ADD, SUBTRACT -> Math.max(sizes.get(node.operand(0)), sizes.get(node.operand(1)));
            case MULTIPLY -> sizes.get(node.operand(0)) * sizes.get(node.operand(1));
            case NEGATE, ABS -> sizes.get(node.operand(0));
            case DIVIDE ->
                sizes.get(node.operand(0))
                        / Math.abs(values.get(node.operand(1)))
                        * Math.max(1, sizes.get(node.operand(1)) / Math.abs(values.get(node.operand(1))));
            case SQRT -> value * Math.max(1, 0.5 * stretch(node.operand(0), values, sizes));
            case POWER ->
                value * Math.max(1, Math.abs(values.get(node.operand(1))) * stretch(node.operand(0), values, sizes));
            case SELECT -> sizes.get(node.operand(values.get(node.operand(0)) == 0 ? 2 : 1));
            default -> value;
        };
    }

    private static double stretch(Node node, Doubles values, Map<Node, Double> sizes) {
        double value = Math.abs(values.get(node));
        return value == 0 ? 1 : sizes.get(node) / value;
    }
}
