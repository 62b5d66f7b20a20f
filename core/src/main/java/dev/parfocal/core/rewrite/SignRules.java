package dev.parfocal.core.rewrite;

import static dev.parfocal.core.graph.Op.ABS;
import static dev.parfocal.core.graph.Op.MAX;
import static dev.parfocal.core.graph.Op.MIN;
import static dev.parfocal.core.graph.Op.NEGATE;
import static dev.parfocal.core.graph.Op.SIGN;
import static dev.parfocal.core.graph.Op.STOP_GRADIENT;
import static dev.parfocal.core.graph.Op.SUBTRACT;

import dev.parfocal.core.graph.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the range of a number decides. */
final class SignRules {

    static final List<Rule> RULES = List.of(
            Rule.unary("abs(a) = a for a >= 0, -a for a <= 0", ABS, SignRules::absolute),
            Rule.unary("sign(a) of what has one sign", SIGN, SignRules::sign),
            Rule.binary("min(a, b) of what does not overlap", MIN, (s, a, b) -> lesser(s, a, b, a, b)),
            Rule.binary("max(a, b) of what does not overlap", MAX, (s, a, b) -> lesser(s, a, b, b, a)),
            Rule.unary("-(-a) = a", NEGATE, (s, a) -> a.op() == NEGATE ? a.operand(0) : null),
            Rule.unary(
                    "stop_gradient(a) = a, once derivatives are made",
                    STOP_GRADIENT,
                    (s, a) -> s.stage() == Simplifier.Stage.NUMERIC ? a : null),
            Rule.unary(
                    "stop_gradient(stop_gradient(a)) = stop_gradient(a)",
                    STOP_GRADIENT,
                    (s, a) -> a.op() == STOP_GRADIENT ? a : null));

    private SignRules() {}

    private static @Nullable Node absolute(Simplifier s, Node a) {
        if (s.isNonNegative(a)) {
            return a;
        }
        if (s.range(a).isNonPositive()) {
            return s.negate(a);
        }
        if (a.op() == NEGATE) {
            return s.make(ABS, a.operand(0));
        }
        return a.op() == SUBTRACT && a.operand(0).id() > a.operand(1).id()
                ? s.make(ABS, s.raw(SUBTRACT, a.operand(1), a.operand(0)))
                : null;
    }

    private static @Nullable Node sign(Simplifier s, Node a) {
        Interval range = s.range(a);
        if (range.low() > 0 && s.isDefined(a)) {
            return s.number(1);
        }
        if (range.high() < 0 && s.isDefined(a)) {
            return s.number(-1);
        }
        return a.op() == NEGATE ? s.negate(s.make(SIGN, a.operand(0))) : null;
    }

    private static @Nullable Node lesser(Simplifier s, Node a, Node b, Node ifLess, Node ifGreater) {
        if (a.equals(b)) {
            return a;
        }
        if (!s.isDefined(a) || !s.isDefined(b)) {
            return null;
        }
        if (s.range(a).high() <= s.range(b).low()) {
            return ifLess;
        }
        return s.range(a).low() >= s.range(b).high() ? ifGreater : null;
    }
}
