package dev.parfocal.core.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes nodes, and makes each only once. It does not simplify: what the rules of {@code rewrite} do is not done here.
 *
 * <p>Not safe for use by several threads.
 */
public final class Graph {

    private record Key(Op op, int first, int second, int third, long bits, String name) {}

    private final List<Node> nodes = new ArrayList<>();
    private final Map<Key, Node> known = new HashMap<>();

    public Node constant(double value) {
        return intern(Op.CONSTANT, List.of(), value, "");
    }

    public Node input(String name) {
        return intern(Op.INPUT, List.of(), 0, name);
    }

    public Node parameter(String name) {
        return intern(Op.PARAMETER, List.of(), 0, name);
    }

    public Node row(String name) {
        return intern(Op.ROW, List.of(), 0, name);
    }

    /** The index that expectations run over, by the name that the text gives it. */
    public Node index(String name) {
        return intern(Op.INDEX, List.of(), 0, name);
    }

    /** The node that applies an operation to operands of this graph. */
    public Node apply(Op op, Node... operands) {
        return apply(op, List.of(operands));
    }

    /** The node that applies an operation to operands of this graph. */
    public Node apply(Op op, List<Node> operands) {
        if (operands.size() != op.arity() || op.arity() == 0) {
            throw new IllegalArgumentException(op + " takes " + op.arity() + " operands, not " + operands.size());
        }
        return intern(op, List.copyOf(operands), 0, "");
    }

    /** The number of nodes made so far. */
    public int size() {
        return nodes.size();
    }

    private Node intern(Op op, List<Node> operands, double value, String name) {
        Key key = new Key(op, id(operands, 0), id(operands, 1), id(operands, 2), Double.doubleToLongBits(value), name);
        Node node = known.get(key);
        if (node == null) {
            node = new Node(nodes.size(), op, operands, value, name);
            nodes.add(node);
            known.put(key, node);
        }
        return node;
    }

    private static int id(List<Node> operands, int index) {
        return index < operands.size() ? operands.get(index).id() : -1;
    }
}
