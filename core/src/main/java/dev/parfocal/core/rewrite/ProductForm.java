package dev.parfocal.core.rewrite;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes products as nodes: constants first, then what is the same for all elements, then bounded factors, then the others, so
 * that nothing overflows early; the sign outside.
 */
final class ProductForm {

    private final Simplifier s;

    ProductForm(Simplifier s) {
        this.s = s;
    }

    Node of(Product product) {
        List<Node> bases = new ArrayList<>(product.halves().keySet());
        if (product.coefficient() == 0) {
            bases.removeIf(s::isDefined);
        }
        bases.sort(Comparator.comparingInt(this::place).thenComparingInt(Node::id));
        double size = Math.abs(product.coefficient());
        Node result = size == 1 && !bases.isEmpty() ? null : s.number(size);
        for (Node base : bases) {
            Node factor = power(base, product.halves().getOrDefault(base, 0));
            result = result == null ? factor : s.raw(Op.MULTIPLY, result, factor);
        }
        Node whole = result == null ? s.number(1) : result;
        return product.coefficient() >= 0 ? whole : signed(whole);
    }

    private Node signed(Node size) {
        return size.isConstant() ? s.number(-size.value()) : s.raw(Op.NEGATE, size);
    }

    private int place(Node base) {
        if (s.isUniform(base)) {
            return 0;
        }
        boolean decays = base.op() == Op.EXP && base.operand(0).op() == Op.NEGATE;
        return decays || s.range(base).isBounded() ? 1 : 2;
    }

    private Node power(Node base, int halves) {
        if (base.op() == Op.ABS && halves % 4 == 0) {
            return power(base.operand(0), halves);
        }
        int whole = halves / 2;
        if (s.stage() == Simplifier.Stage.SYMBOLIC && halves > 2) {
            return s.raw(Op.POWER, base, s.number(halves / 2.0));
        }
        Node root = halves % 2 == 0 ? null : s.raw(Op.SQRT, base);
        if (whole == 0 && root != null) {
            return root;
        }
        Node power = integerPower(base, whole);
        return root == null ? power : s.raw(Op.MULTIPLY, power, root);
    }

    private Node integerPower(Node base, int exponent) {
        if (exponent == 1) {
            return base;
        }
        if (exponent % 2 == 0) {
            Node root = integerPower(base, exponent / 2);
            return s.raw(Op.MULTIPLY, root, root);
        }
        return s.raw(Op.MULTIPLY, integerPower(base, exponent - 1), base);
    }
}
