package dev.parfocal.core.rewrite;

import static dev.parfocal.core.graph.Op.ABS;
import static dev.parfocal.core.graph.Op.DIVIDE;
import static dev.parfocal.core.graph.Op.EXP;
import static dev.parfocal.core.graph.Op.MULTIPLY;
import static dev.parfocal.core.graph.Op.POWER;
import static dev.parfocal.core.graph.Op.SIGMOID;
import static dev.parfocal.core.graph.Op.SOFTPLUS;
import static dev.parfocal.core.graph.Op.SQRT;
import static dev.parfocal.core.graph.Op.STOP_GRADIENT;

import dev.parfocal.core.graph.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Powers by products and square roots where the exponent allows it, by an exponential where the base has an exact log. */
final class PowerRules {

    static final List<Rule> RULES = List.of(
            Rule.binary("a^0 = 1, also for a = 0", POWER, (s, a, g) -> g.isConstant(0) ? s.number(1) : null),
            Rule.binary("a^1 = a", POWER, (s, a, g) -> g.isConstant(1) ? a : null),
            Rule.binary(
                    "stop_gradient(a)^g = stop_gradient(a^g)",
                    POWER,
                    (s, a, g) -> a.op() == STOP_GRADIENT && g.isConstant()
                            ? s.make(STOP_GRADIENT, s.make(POWER, a.operand(0), g))
                            : null),
            Rule.binary("a^g by products and square roots", POWER, PowerRules::byProducts),
            Rule.binary(
                    "a^-g = 1 / a^g",
                    POWER,
                    (s, a, g) -> g.isConstant() && Product.isHalfInteger(-g.value())
                            ? s.make(DIVIDE, s.number(1), s.make(POWER, a, s.number(-g.value())))
                            : null),
            Rule.binary(
                    "sigmoid(x)^g = exp(-g softplus(-x))",
                    POWER,
                    (s, a, g) -> a.op() == SIGMOID
                            ? s.make(EXP, s.negate(s.make(MULTIPLY, g, s.make(SOFTPLUS, s.negate(a.operand(0))))))
                            : null),
            Rule.binary(
                    "exp(u)^g = exp(g u)",
                    POWER,
                    (s, a, g) -> a.op() == EXP ? s.make(EXP, s.make(MULTIPLY, g, a.operand(0))) : null),
            Rule.binary(
                    "(a^h)^g = a^(h g)",
                    POWER,
                    (s, a, g) -> a.op() == POWER && s.isNonNegative(a.operand(0))
                            ? s.make(POWER, a.operand(0), s.make(MULTIPLY, a.operand(1), g))
                            : null),
            Rule.binary("(a b)^g = a^g b^g for what is not negative", POWER, PowerRules::ofProduct),
            Rule.unary("sqrt(a a) = abs(a)", SQRT, PowerRules::root),
            Rule.unary(
                    "sqrt(exp(u)) = exp(u / 2)",
                    SQRT,
                    (s, a) -> a.op() == EXP ? s.make(EXP, s.make(MULTIPLY, s.number(0.5), a.operand(0))) : null));

    private PowerRules() {}

    private static @Nullable Node byProducts(Simplifier s, Node a, Node g) {
        if (!g.isConstant() || !Product.isHalfInteger(g.value())) {
            return null;
        }
        boolean whole = g.value() == Math.rint(g.value());
        if (!whole && !s.isNonNegative(a)) {
            return null;
        }
        int halves = (int) (2 * g.value());
        Product base = whole ? s.product(a) : Product.ONE.times(new Product(1, Map.of(a, 2)));
        Map<Node, Integer> powers = new LinkedHashMap<>();
        base.halves().forEach((factor, count) -> powers.put(factor, count * halves / 2));
        return s.emit(new Product(Math.pow(base.coefficient(), g.value()), powers));
    }

    private static @Nullable Node ofProduct(Simplifier s, Node a, Node g) {
        Product product = s.product(a);
        boolean fits = a.op() == MULTIPLY
                && product.coefficient() > 0
                && product.halves().keySet().stream().allMatch(s::isNonNegative);
        if (!fits) {
            return null;
        }
        Node result = s.make(POWER, s.number(product.coefficient()), g);
        for (Map.Entry<Node, Integer> factor : product.halves().entrySet()) {
            Node exponent = s.make(MULTIPLY, s.number(factor.getValue() / 2.0), g);
            result = s.make(MULTIPLY, result, s.make(POWER, factor.getKey(), exponent));
        }
        return result;
    }

    private static @Nullable Node root(Simplifier s, Node a) {
        return a.op() == MULTIPLY && a.operand(0).equals(a.operand(1)) ? s.make(ABS, a.operand(0)) : null;
    }
}
