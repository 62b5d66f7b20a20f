package dev.parfocal.core.rewrite;

import static dev.parfocal.core.graph.Op.ADD;
import static dev.parfocal.core.graph.Op.DIVIDE;
import static dev.parfocal.core.graph.Op.EXP;
import static dev.parfocal.core.graph.Op.EXPM1;
import static dev.parfocal.core.graph.Op.LESS;
import static dev.parfocal.core.graph.Op.LOG;
import static dev.parfocal.core.graph.Op.LOG1P;
import static dev.parfocal.core.graph.Op.MULTIPLY;
import static dev.parfocal.core.graph.Op.NEGATE;
import static dev.parfocal.core.graph.Op.POWER;
import static dev.parfocal.core.graph.Op.SELECT;
import static dev.parfocal.core.graph.Op.SIGMOID;
import static dev.parfocal.core.graph.Op.SOFTPLUS;
import static dev.parfocal.core.graph.Op.SQRT;
import static dev.parfocal.core.graph.Op.STOP_GRADIENT;
import static dev.parfocal.core.graph.Op.SUBTRACT;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Logs, exponentials, sigmoids and softplus undo each other. */
final class LogarithmRules {

    private static final Set<Op> WITH_A_LOG = Set.of(SIGMOID, EXP);

    static final List<Rule> RULES = List.of(
            of("log sigmoid(x) = -softplus(-x)", LOG, SIGMOID, (s, a) -> s.negate(s.make(SOFTPLUS, s.negate(a)))),
            of("log exp(u) = u", LOG, EXP, (s, a) -> a),
            of(
                    "log stop_gradient(a) = stop_gradient(log a)",
                    LOG,
                    STOP_GRADIENT,
                    (s, a) -> s.make(STOP_GRADIENT, s.make(LOG, a))),
            Rule.unary("log(a^g) = g log a unless it may be log(0^0)", LOG, LogarithmRules::ofPower),
            Rule.unary("log of a product of sigmoids and exponentials", LOG, LogarithmRules::ofProduct),
            Rule.unary("log(1 + a) = log1p(a)", LOG, LogarithmRules::ofSum),
            Rule.unary(
                    "log(1 - a) = log1p(-a)",
                    LOG,
                    (s, a) -> a.op() == SUBTRACT && a.operand(0).isConstant(1)
                            ? s.make(LOG1P, s.negate(a.operand(1)))
                            : null),
            Rule.unary("log(1 - exp(u)) without cancellation", LOG, LogarithmRules::ofExpm1),
            of("log1p(exp(u)) = softplus(u)", LOG1P, EXP, (s, a) -> s.make(SOFTPLUS, a)),
            Rule.unary(
                    "log1p(-sigmoid(x)) = -softplus(x)",
                    LOG1P,
                    (s, a) -> isNegated(a, SIGMOID)
                            ? s.negate(s.make(SOFTPLUS, a.operand(0).operand(0)))
                            : null),
            Rule.unary(
                    "exp(log a) = a",
                    EXP,
                    (s, a) -> a.op() == LOG && s.isNonNegative(a.operand(0)) ? a.operand(0) : null),
            Rule.unary("exp(-g softplus(x)) = sigmoid(-x)^g", EXP, LogarithmRules::expOfSoftplus),
            Rule.binary("1 / (1 + exp(u)) = sigmoid(-u)", DIVIDE, LogarithmRules::logistic),
            Rule.binary(
                    "softplus(x) - t x = (1 - t) softplus(x) + t softplus(-x)", SUBTRACT, LogarithmRules::lessLogit));

    private LogarithmRules() {}

    private static Rule of(String name, Op outer, Op inner, Rule.UnaryForm form) {
        return Rule.unary(name, outer, (s, a) -> a.op() == inner ? form.of(s, a.operand(0)) : null);
    }

    private static boolean isNegated(Node a, Op op) {
        return a.op() == NEGATE && a.operand(0).op() == op;
    }

    /** By products and square roots if g allows it; if g is a parameter, which may be 0, right at infinity too. */
    private static @Nullable Node expOfSoftplus(Simplifier s, Node a) {
        Product product = s.product(a).times(-1);
        Node softplus = product.halves().keySet().stream()
                .filter(base -> base.op() == SOFTPLUS && product.has(base))
                .findFirst()
                .orElse(null);
        if (softplus == null || product.coefficient() <= 0) {
            return null;
        }
        Product exponent = product.without(softplus);
        if (exponent.isConstant()) {
            return Product.isHalfInteger(exponent.coefficient())
                    ? s.make(POWER, s.make(SIGMOID, s.negate(softplus.operand(0))), s.number(exponent.coefficient()))
                    : null;
        }
        return s.stage() == Simplifier.Stage.NUMERIC
                ? s.make(EXP, s.negate(s.make(MULTIPLY, s.emit(exponent), Limits.held(s, softplus))))
                : null;
    }

    private static @Nullable Node ofPower(Simplifier s, Node a) {
        if (a.op() == SQRT) {
            return s.make(MULTIPLY, s.number(0.5), s.make(LOG, a.operand(0)));
        }
        boolean powerOfZero = a.op() == POWER && !s.isPositive(a.operand(0)) && !s.isDivisor(a.operand(1));
        return a.op() == POWER && s.isNonNegative(a.operand(0)) && !powerOfZero
                ? s.make(MULTIPLY, a.operand(1), s.make(LOG, a.operand(0)))
                : null;
    }

    private static @Nullable Node ofProduct(Simplifier s, Node a) {
        Product product = s.product(a);
        boolean fits = a.op() == MULTIPLY
                && product.coefficient() > 0
                && product.halves().keySet().stream().allMatch(base -> WITH_A_LOG.contains(base.op()));
        if (!fits) {
            return null;
        }
        Node sum = s.number(Math.log(product.coefficient()));
        for (Map.Entry<Node, Integer> factor : product.halves().entrySet()) {
            Node log = s.make(MULTIPLY, s.number(factor.getValue() / 2.0), s.make(LOG, factor.getKey()));
            sum = s.make(ADD, sum, log);
        }
        return sum;
    }

    private static @Nullable Node ofSum(Simplifier s, Node a) {
        if (a.op() != ADD) {
            return null;
        }
        if (a.operand(0).isConstant(1)) {
            return s.make(LOG1P, a.operand(1));
        }
        return a.operand(1).isConstant(1) ? s.make(LOG1P, a.operand(0)) : null;
    }

    private static @Nullable Node ofExpm1(Simplifier s, Node a) {
        if (!isNegated(a, EXPM1)) {
            return null;
        }
        Node u = a.operand(0).operand(0);
        Node far = s.raw(LOG1P, s.raw(NEGATE, s.make(EXP, u)));
        return s.make(SELECT, s.raw(LESS, u, s.number(-Math.log(2))), far, s.raw(LOG, a));
    }

    private static @Nullable Node logistic(Simplifier s, Node a, Node b) {
        if (b.op() != ADD) {
            return null;
        }
        Node exp = b.operand(0).isConstant(1) ? b.operand(1) : b.operand(0);
        Node one = b.operand(0).isConstant(1) ? b.operand(0) : b.operand(1);
        if (!one.isConstant(1) || exp.op() != EXP) {
            return null;
        }
        Node u = exp.operand(0);
        if (a.equals(exp)) {
            return s.make(SIGMOID, u);
        }
        return s.make(MULTIPLY, a, s.make(SIGMOID, s.negate(u)));
    }

    private static @Nullable Node lessLogit(Simplifier s, Node a, Node b) {
        if (a.op() != SOFTPLUS) {
            return null;
        }
        Node x = a.operand(0);
        Product product = s.product(b);
        if (!product.has(x)) {
            return null;
        }
        Node share = s.emit(product.without(x));
        if (!s.range(share).isWithin(Interval.UNIT)) {
            return null;
        }
        Node mirrored = s.make(MULTIPLY, share, s.make(SOFTPLUS, s.negate(x)));
        return s.make(ADD, s.make(MULTIPLY, s.complement(share), a), mirrored);
    }
}
