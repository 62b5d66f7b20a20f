package dev.parfocal.core.graph;

import java.util.List;

/**
 * One operation and its operands. Nodes of one {@link Graph} are hash-consed: two with the same operation and operands are
 * the same object, so identity is equality and common sub-expressions are shared.
 */
public final class Node {

    private final int id;
    private final Op op;
    private final List<Node> operands;
    private final double value;
    private final String name;

    Node(int id, Op op, List<Node> operands, double value, String name) {
        this.id = id;
        this.op = op;
        this.operands = operands;
        this.value = value;
        this.name = name;
    }

    /** The position in the graph: operands have smaller ones, so ascending ids are a topological order. */
    public int id() {
        return id;
    }

    public Op op() {
        return op;
    }

    public List<Node> operands() {
        return operands;
    }

    public Node operand(int index) {
        return operands.get(index);
    }

    /** The number of a {@link Op#CONSTANT}; 0 for all else. */
    public double value() {
        return value;
    }

    /** The name of an {@link Op#INPUT}, {@link Op#PARAMETER}, {@link Op#ROW} or {@link Op#INDEX}; empty for all else. */
    public String name() {
        return name;
    }

    /** What the number of a row at an index is called: {@code t0}. */
    public static String inRow(String row, int index) {
        return row + index;
    }

    public boolean isConstant() {
        return op == Op.CONSTANT;
    }

    public boolean isConstant(double number) {
        return op == Op.CONSTANT && value == number;
    }

    @Override
    public String toString() {
        return switch (op) {
            case CONSTANT -> Double.toString(value);
            case INPUT, PARAMETER, ROW, INDEX -> name;
            default -> "#" + id + " " + op;
        };
    }
}
