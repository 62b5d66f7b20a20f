package dev.parfocal.core.check;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.rewrite.Arithmetic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far each number of a program may be from the truth in float because something on its way is below the smallest normal
 * float, where kernels may take it for 0. Rounding is not counted.
 */
final class Underflow {

    /** Below this a float may have lost all its digits. */
    private static final double SMALLEST = 2 * Float.MIN_NORMAL;

    private final ScalarProgram program;
    private final List<Node> order;
    private final Oracle oracle;
    private final Map<Node, Double> slack = new HashMap<>();

    Underflow(ScalarProgram program, List<Node> order, Oracle oracle) {
        this.program = program;
        this.order = order;
        this.oracle = oracle;
    }

    /** Looks at the point that the oracle was last asked for. */
    void update(int width) {
        for (Node node : order) {
            boolean isLeaf = program.predicted().contains(node);
            slack.put(node, isLeaf ? leaf(node, width) : computed(node));
        }
    }

    double of(Node node) {
        return slack.getOrDefault(node, 0.0);
    }

    /** What the softmax of a row may lose: each of its exponentials may be taken for 0. */
    double ofRow(int width) {
        return width * SMALLEST;
    }

    private double leaf(Node node, int width) {
        return switch (node.op()) {
            case LOG_SOFTMAX -> ofRow(width);
            case EXPECTATION -> width * ofRow(width);
            case EXPECTATION_OF -> width * largest(node) * ofRow(width);
            case KL_DIVERGENCE -> width * ofRow(width);
            default -> 0;
        };
    }

    /** Of a function of the index, at its expectation and at the last index, which the oracle evaluates last. */
    private double largest(Node expectation) {
        double last = Math.abs(oracle.number(expectation.operand(1)));
        return Math.max(1, Math.max(last, Math.abs(oracle.number(expectation))));
    }

    private double computed(Node node) {
        double size = Math.abs(oracle.number(node));
        double own = size < SMALLEST ? size : 0;
        if (node.operands().isEmpty() || node.op().type() != Op.Type.NUMBER) {
            return node.isConstant() ? own : 0;
        }
        if (node.op() == Op.SELECT) {
            return of(node.operand(oracle.number(node.operand(0)) != 0 ? 1 : 2));
        }
        double first = of(node.operand(0));
        double second = node.operands().size() > 1 ? of(node.operand(1)) : 0;
        return first == 0 && second == 0 ? own : own + passedOn(node, first, second);
    }

    /** The largest change of an operation when its operands move by their slack. */
    private double passedOn(Node node, double first, double second) {
        double a = oracle.number(node.operand(0));
        double b = node.operands().size() > 1 ? oracle.number(node.operand(1)) : 0;
        double value = oracle.number(node);
        double most = 0;
        for (int i = -1; i <= 1; i++) {
            for (int j = -1; j <= 1; j++) {
                double moved = Arithmetic.apply(node.op(), a + i * first, b + j * second, 0);
                double change = Math.abs(moved - value);
                most = Double.isNaN(change) ? Double.POSITIVE_INFINITY : Math.max(most, change);
            }
        }
        return most;
    }
}
