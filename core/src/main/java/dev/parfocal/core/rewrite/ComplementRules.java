package dev.parfocal.core.rewrite;

import static dev.parfocal.core.graph.Op.ADD;
import static dev.parfocal.core.graph.Op.EXP;
import static dev.parfocal.core.graph.Op.EXPM1;
import static dev.parfocal.core.graph.Op.MULTIPLY;
import static dev.parfocal.core.graph.Op.NEGATE;
import static dev.parfocal.core.graph.Op.SIGMOID;
import static dev.parfocal.core.graph.Op.STOP_GRADIENT;
import static dev.parfocal.core.graph.Op.SUBTRACT;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One less something, without the cancellation. */
final class ComplementRules {

    static final List<Rule> RULES = List.of(
            Rule.binary("a - (b - c) = (a - b) + c, for constants a and b", SUBTRACT, ComplementRules::nested),
            complement("1 - sigmoid(x) = sigmoid(-x)", SIGMOID, (s, e) -> s.make(SIGMOID, s.negate(e.operand(0)))),
            complement("1 - exp(u) = -expm1(u)", EXP, (s, e) -> s.negate(s.make(EXPM1, e.operand(0)))),
            complement(
                    "1 - stop_gradient(a) = stop_gradient(1 - a)",
                    STOP_GRADIENT,
                    (s, e) -> s.make(STOP_GRADIENT, s.complement(e.operand(0)))),
            complement("1 - (t a + (1 - t) b) = t (1 - a) + (1 - t) (1 - b)", ADD, ComplementRules::mixture),
            Rule.binary("t - sigmoid(x) = t sigmoid(-x) - (1 - t) sigmoid(x)", SUBTRACT, ComplementRules::lessSigmoid),
            Rule.binary(
                    "exp(u) - 1 = expm1(u)",
                    SUBTRACT,
                    (s, a, b) -> b.isConstant(1) && a.op() == EXP ? s.make(EXPM1, a.operand(0)) : null),
            Rule.binary("a + (1 - a) = 1 for a number a", ADD, ComplementRules::whole));

    private ComplementRules() {}

    private static Rule complement(String name, Op of, Rule.UnaryForm form) {
        return Rule.binary(name, SUBTRACT, (s, one, e) -> one.isConstant(1) && e.op() == of ? form.of(s, e) : null);
    }

    private static @Nullable Node nested(Simplifier s, Node a, Node b) {
        if (!a.isConstant() || b.op() != SUBTRACT || !b.operand(0).isConstant()) {
            return null;
        }
        return s.make(ADD, s.number(a.value() - b.operand(0).value()), b.operand(1));
    }

    /** Exact where both are near one, and a cross-entropy's derivative has the same form. Its own derivative is simpler as it was. */
    private static @Nullable Node lessSigmoid(Simplifier s, Node a, Node b) {
        boolean numeric = s.stage() == Simplifier.Stage.NUMERIC;
        if (!numeric || b.op() != SIGMOID || a.isConstant() || !s.range(a).isWithin(Interval.UNIT)) {
            return null;
        }
        Node above = s.make(MULTIPLY, a, s.complement(b));
        return s.make(SUBTRACT, above, s.make(MULTIPLY, s.complement(a), b));
    }

    private static @Nullable Node whole(Simplifier s, Node a, Node b) {
        return isComplement(a, b) && s.isDefined(a) && s.isDefined(b) ? s.number(1) : null;
    }

    /** Whether two nodes are seen to add up to one, without making any. */
    private static boolean isComplement(Node a, Node b) {
        return isOneLess(a, b) || isOneLess(b, a) || isMirrored(a, b) || isMirrored(b, a);
    }

    private static boolean isOneLess(Node a, Node b) {
        return b.op() == SUBTRACT && b.operand(0).isConstant(1) && b.operand(1).equals(a);
    }

    private static boolean isMirrored(Node a, Node b) {
        return a.op() == SIGMOID
                && b.op() == SIGMOID
                && b.operand(0).op() == NEGATE
                && b.operand(0).operand(0).equals(a.operand(0));
    }

    private static @Nullable Node mixture(Simplifier s, Node sum) {
        Product p = s.product(sum.operand(0));
        Product q = s.product(sum.operand(1));
        if (p.coefficient() < 0 || q.coefficient() < 0) {
            return null;
        }
        for (Node share : p.halves().keySet()) {
            for (Node rest : q.halves().keySet()) {
                if (isComplement(share, rest) && p.has(share) && q.has(rest)) {
                    Node first = s.make(MULTIPLY, share, s.complement(s.emit(p.without(share))));
                    Node second = s.make(MULTIPLY, rest, s.complement(s.emit(q.without(rest))));
                    return s.make(ADD, first, second);
                }
            }
        }
        return null;
    }
}
