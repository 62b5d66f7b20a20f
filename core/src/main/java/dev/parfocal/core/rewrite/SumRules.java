package dev.parfocal.core.rewrite;

import static dev.parfocal.core.graph.Op.ADD;
import static dev.parfocal.core.graph.Op.NEGATE;
import static dev.parfocal.core.graph.Op.SUBTRACT;

import dev.parfocal.core.graph.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums: zeros and signs go, common factors come out. */
final class SumRules {

    static final List<Rule> RULES = List.of(
            Rule.binary("a + 0 = a, signs in sums", ADD, SumRules::sum),
            Rule.binary("a - 0 = a, a - a = 0, signs in differences", SUBTRACT, SumRules::difference),
            Rule.binary(
                    "f a + f b = f (a + b), a + a = 2 a",
                    ADD,
                    (s, a, b) -> s.isInnerSum() ? null : Sum.collected(s, ADD, a, b)),
            Rule.binary(
                    "f a - f b = f (a - b)",
                    SUBTRACT,
                    (s, a, b) -> s.isInnerSum() ? null : Sum.collected(s, SUBTRACT, a, b)),
            Rule.binary("constants of nested sums are added", ADD, SumRules::constants),
            Rule.binary(
                    "operands of a sum in their order", ADD, (s, a, b) -> a.id() > b.id() ? s.raw(ADD, b, a) : null));

    private SumRules() {}

    private static @Nullable Node sum(Simplifier s, Node a, Node b) {
        if (a.isConstant(0)) {
            return b;
        }
        if (b.isConstant(0)) {
            return a;
        }
        if (a.op() == NEGATE && b.op() == NEGATE) {
            return s.negate(s.make(ADD, a.operand(0), b.operand(0)));
        }
        if (b.op() == NEGATE) {
            return s.make(SUBTRACT, a, b.operand(0));
        }
        return a.op() == NEGATE ? s.make(SUBTRACT, b, a.operand(0)) : null;
    }

    private static @Nullable Node difference(Simplifier s, Node a, Node b) {
        if (b.isConstant(0)) {
            return a;
        }
        if (a.isConstant(0)) {
            return s.negate(b);
        }
        if (a.equals(b) && s.isDefined(a)) {
            return s.number(0);
        }
        if (b.op() == NEGATE) {
            return s.make(ADD, a, b.operand(0));
        }
        return a.op() == NEGATE ? s.negate(s.make(ADD, a.operand(0), b)) : null;
    }

    private static @Nullable Node constants(Simplifier s, Node a, Node b) {
        Node constant = a.isConstant() ? a : b;
        Node sum = a.isConstant() ? b : a;
        if (!constant.isConstant()) {
            return null;
        }
        if (sum.op() == ADD && sum.operand(0).isConstant()) {
            return s.make(ADD, s.number(constant.value() + sum.operand(0).value()), sum.operand(1));
        }
        if (sum.op() == ADD && sum.operand(1).isConstant()) {
            return s.make(ADD, s.number(constant.value() + sum.operand(1).value()), sum.operand(0));
        }
        return sum.op() == SUBTRACT && sum.operand(0).isConstant()
                ? s.make(SUBTRACT, s.number(constant.value() + sum.operand(0).value()), sum.operand(1))
                : null;
    }
}
