package dev.parfocal.core.language;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.Walk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ends of a range and the length of a row: arithmetic on numbers and parameters. */
public final class Bound {

    private static final Set<Op> LEGAL =
            Set.of(Op.CONSTANT, Op.PARAMETER, Op.ADD, Op.SUBTRACT, Op.MULTIPLY, Op.DIVIDE, Op.NEGATE);

    private Bound() {}

    static boolean isBound(Node node) {
        return Walk.reachable(List.of(node)).stream().allMatch(below -> LEGAL.contains(below.op()));
    }

    /** The number that a bound is for given values of the parameters. */
    public static double value(Node bound, Map<String, Double> parameters) {
        Map<Node, Double> values = new HashMap<>();
        for (Node node : Walk.reachable(List.of(bound))) {
            List<Double> operands = node.operands().stream()
                    .map(operand -> number(values, operand))
                    .toList();
            values.put(node, one(node, operands, parameters));
        }
        return number(values, bound);
    }

    private static double number(Map<Node, Double> values, Node node) {
        return values.getOrDefault(node, Double.NaN);
    }

    private static double one(Node node, List<Double> operands, Map<String, Double> parameters) {
        return switch (node.op()) {
            case CONSTANT -> node.value();
            case PARAMETER -> parameters.getOrDefault(node.name(), Double.NaN);
            case ADD -> operands.get(0) + operands.get(1);
            case SUBTRACT -> operands.get(0) - operands.get(1);
            case MULTIPLY -> operands.get(0) * operands.get(1);
            case DIVIDE -> operands.get(0) / operands.get(1);
            case NEGATE -> -operands.get(0);
            default -> throw new IllegalArgumentException(node.op() + " in a bound");
        };
    }
}
