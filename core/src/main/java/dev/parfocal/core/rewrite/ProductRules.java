package dev.parfocal.core.rewrite;

import static dev.parfocal.core.graph.Op.DIVIDE;
import static dev.parfocal.core.graph.Op.MULTIPLY;
import static dev.parfocal.core.graph.Op.NEGATE;

import dev.parfocal.core.graph.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Products have one form: a positive constant, then bounded factors, then the others; the sign stands outside. */
final class ProductRules {

    static final List<Rule> RULES = List.of(
            Rule.binary(
                    "a product in normal form",
                    MULTIPLY,
                    (s, a, b) -> s.emit(s.product(a).times(s.product(b)))),
            Rule.unary(
                    "the sign of a product stands outside",
                    NEGATE,
                    (s, a) -> a.op() == MULTIPLY ? s.emit(s.product(a).times(-1)) : null),
            Rule.binary("a / a = 1 and 0 / a = 0 unless a may be 0, a / 1 = a", DIVIDE, ProductRules::trivialQuotient),
            Rule.binary("the sign of a quotient stands outside", DIVIDE, ProductRules::sign),
            Rule.binary("a b / (a c) = b / c unless a may be 0", DIVIDE, ProductRules::cancel));

    private ProductRules() {}

    private static @Nullable Node trivialQuotient(Simplifier s, Node a, Node b) {
        if (a.equals(b) && s.isDivisor(a)) {
            return s.number(1);
        }
        if (b.isConstant() && isPowerOfTwo(b.value())) {
            return s.make(MULTIPLY, s.number(1 / b.value()), a);
        }
        return b.isConstant(1) || a.isConstant(0) && s.isDivisor(b) ? a : null;
    }

    private static @Nullable Node sign(Simplifier s, Node a, Node b) {
        if (a.op() == NEGATE) {
            return s.negate(s.make(DIVIDE, a.operand(0), b));
        }
        if (a.isConstant() && a.value() < 0) {
            return s.negate(s.make(DIVIDE, s.number(-a.value()), b));
        }
        return b.op() == NEGATE ? s.negate(s.make(DIVIDE, a, b.operand(0))) : null;
    }

    private static @Nullable Node cancel(Simplifier s, Node a, Node b) {
        Product above = s.product(a);
        Product below = s.product(b);
        Product common = above.common(below).only(s::isDivisor);
        return common.isConstant()
                ? null
                : s.make(DIVIDE, s.emit(above.without(common)), s.emit(below.without(common)));
    }

    private static boolean isPowerOfTwo(double value) {
        return value != 0 && Math.abs(value) == Math.scalb(1.0, Math.getExponent(value)) && Double.isFinite(1 / value);
    }
}
