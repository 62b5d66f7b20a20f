package dev.parfocal.core.rewrite;

import static dev.parfocal.core.graph.Op.ADD;
import static dev.parfocal.core.graph.Op.AND;
import static dev.parfocal.core.graph.Op.DIVIDE;
import static dev.parfocal.core.graph.Op.LOG;
import static dev.parfocal.core.graph.Op.MULTIPLY;
import static dev.parfocal.core.graph.Op.NEGATE;
import static dev.parfocal.core.graph.Op.NOT;
import static dev.parfocal.core.graph.Op.OR;
import static dev.parfocal.core.graph.Op.POWER;
import static dev.parfocal.core.graph.Op.SELECT;
import static dev.parfocal.core.graph.Op.SUBTRACT;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Selections move outwards, so that each alternative is simplified by itself, and go where the condition is decided. */
final class SelectRules {

    static final List<Rule> RULES = List.of(
            new Rule(
                    "a decided selection; a selection of equals",
                    SELECT,
                    (s, o) -> select(s, o.get(0), o.get(1), o.get(2))),
            Rule.unary("not not c = c", NOT, (s, a) -> a.op() == NOT ? a.operand(0) : null),
            Rule.binary("a and true = a", AND, (s, a, b) -> unlessDecided(s, a, b, true)),
            Rule.binary("a or false = a", OR, (s, a, b) -> unlessDecided(s, a, b, false)),
            Rule.unary("log(c ? a : b) = c ? log a : log b", LOG, (s, a) -> a.op() == SELECT ? each(s, LOG, a) : null),
            Rule.binary(
                    "(c ? a : b)^g = c ? a^g : b^g",
                    POWER,
                    (s, a, g) -> a.op() == SELECT
                            ? s.make(
                                    SELECT,
                                    a.operand(0),
                                    s.make(POWER, a.operand(1), g),
                                    s.make(POWER, a.operand(2), g))
                            : null),
            Rule.binary(
                    "1 - (c ? a : b) = c ? 1 - a : 1 - b",
                    SUBTRACT,
                    (s, one, a) -> one.isConstant(1) && a.op() == SELECT
                            ? s.make(SELECT, a.operand(0), s.complement(a.operand(1)), s.complement(a.operand(2)))
                            : null),
            sameCondition(ADD),
            sameCondition(SUBTRACT),
            sameCondition(MULTIPLY),
            sameCondition(DIVIDE));

    private SelectRules() {}

    private static Rule sameCondition(Op op) {
        return Rule.binary("alternatives of one condition are chosen between once", op, (s, a, b) -> {
            boolean fit = a.op() == SELECT && b.op() == SELECT && a.operand(0).equals(b.operand(0));
            return fit
                    ? s.make(
                            SELECT,
                            a.operand(0),
                            s.make(op, a.operand(1), b.operand(1)),
                            s.make(op, a.operand(2), b.operand(2)))
                    : null;
        });
    }

    private static Node each(Simplifier s, Op op, Node select) {
        return s.make(SELECT, select.operand(0), s.make(op, select.operand(1)), s.make(op, select.operand(2)));
    }

    private static @Nullable Node select(Simplifier s, Node condition, Node a, Node b) {
        Boolean decided = s.decided(condition);
        if (decided != null) {
            return decided ? a : b;
        }
        if (a.equals(b)) {
            return a;
        }
        if (condition.op() == NOT) {
            return s.make(SELECT, condition.operand(0), b, a);
        }
        if (a.op() == SELECT && a.operand(0).equals(condition)) {
            return s.make(SELECT, condition, a.operand(1), b);
        }
        if (b.op() == SELECT && b.operand(0).equals(condition)) {
            return s.make(SELECT, condition, a, b.operand(2));
        }
        return a.op() == NEGATE && b.op() == NEGATE
                ? s.negate(s.make(SELECT, condition, a.operand(0), b.operand(0)))
                : null;
    }

    private static @Nullable Node unlessDecided(Simplifier s, Node a, Node b, boolean neutral) {
        Boolean first = s.decided(a);
        if (first != null) {
            return first == neutral ? b : a;
        }
        Boolean second = s.decided(b);
        if (second != null) {
            return second == neutral ? a : b;
        }
        return a.equals(b) ? a : null;
    }
}
