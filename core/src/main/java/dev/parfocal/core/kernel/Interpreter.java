package dev.parfocal.core.kernel;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.Walk;
import dev.parfocal.core.rewrite.Arithmetic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Evaluates nodes in double, one element at a time. Not safe for use by several threads. */
public final class Interpreter {

    private final List<Node> order;
    private final Map<Node, Integer> slots = new HashMap<>();
    private final int[][] operands;
    private final double[] values;

    /**
     * Prepares to evaluate some nodes.
     *
     * @param leaves nodes whose values will be {@link #set}: inputs, parameters, row operations
     * @param roots the nodes to evaluate
     */
    public Interpreter(Collection<Node> leaves, Collection<Node> roots) {
        order = Walk.reachable(roots, Set.copyOf(leaves));
        operands = new int[order.size()][];
        values = new double[order.size()];
        for (int i = 0; i < order.size(); i++) {
            Node node = order.get(i);
            slots.put(node, i);
            boolean isLeaf = leaves.contains(node) || node.isConstant();
            operands[i] = isLeaf
                    ? new int[0]
                    : node.operands().stream().mapToInt(slots::get).toArray();
            values[i] = node.value();
        }
    }

    /** Sets a leaf; one that no root needs is passed over. */
    public void set(Node leaf, double value) {
        Integer slot = slots.get(leaf);
        if (slot != null) {
            values[slot] = value;
        }
    }

    /** Computes every node from the leaves. */
    public void run() {
        for (int i = 0; i < values.length; i++) {
            int[] from = operands[i];
            if (from.length > 0) {
                double a = values[from[0]];
                double b = from.length > 1 ? values[from[1]] : 0;
                double c = from.length > 2 ? values[from[2]] : 0;
                values[i] = apply(order.get(i).op(), a, b, c);
            }
        }
    }

    /** The value of a root or of a node below it, after {@link #run}. */
    public double get(Node node) {
        return values[Objects.requireNonNull(slots.get(node), () -> node + " was not asked for")];
    }

    /** One operation on doubles; truth is 1, falsehood 0. */
    public static double apply(Op op, double a, double b, double c) {
        return Arithmetic.apply(op, a, b, c);
    }
}
