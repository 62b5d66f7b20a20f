package dev.parfocal.core.derive;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;

/** Builds the terms of a derivative, leaving out factors of one and summands of zero so that it stays readable. */
public final class Terms {

    private final Graph graph;

    public Terms(Graph graph) {
        this.graph = graph;
    }

    public Node number(double value) {
        return graph.constant(value);
    }

    public Node apply(Op op, Node... operands) {
        return graph.apply(op, operands);
    }

    public Node times(Node a, Node b) {
        if (a.isConstant(0) || b.isConstant(1)) {
            return a;
        }
        return b.isConstant(0) || a.isConstant(1) ? b : apply(Op.MULTIPLY, a, b);
    }

    public Node times(double a, Node b) {
        return times(number(a), b);
    }

    public Node over(Node a, Node b) {
        return a.isConstant(0) ? a : apply(Op.DIVIDE, a, b);
    }

    public Node plus(Node a, Node b) {
        if (a.isConstant(0)) {
            return b;
        }
        return b.isConstant(0) ? a : apply(Op.ADD, a, b);
    }

    public Node negate(Node a) {
        if (a.isConstant()) {
            return number(0 - a.value());
        }
        return a.op() == Op.NEGATE ? a.operand(0) : apply(Op.NEGATE, a);
    }

    public Node power(Node base, Node exponent) {
        return exponent.isConstant(1) ? base : apply(Op.POWER, base, exponent);
    }

    /** A number less one. */
    public Node lessOne(Node a) {
        return a.isConstant() ? number(a.value() - 1) : apply(Op.SUBTRACT, a, number(1));
    }

    public Node select(Node condition, Node a, Node b) {
        return a.equals(b) ? a : apply(Op.SELECT, condition, a, b);
    }

    /** The term, or zero where the pole is zero: the stated sub-gradient of what has an infinite slope there. */
    public Node unlessZero(Node pole, Node term) {
        return select(apply(Op.EQUAL, pole, number(0)), number(0), term);
    }
}
