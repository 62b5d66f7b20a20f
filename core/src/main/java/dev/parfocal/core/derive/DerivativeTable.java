package dev.parfocal.core.derive;

import static java.util.Map.entry;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The derivative of every operation, as what it passes on to each of its operands.
 *
 * <p>Kinks and poles have stated sub-gradients: 0 for abs at 0, for sqrt and for powers below one at 0; the mean of both sides
 * for min and max at a tie (so that the gradient of a box loss is zero at a perfect prediction), and 0 at a tie with a
 * constant; the taken branch for a selection. Sign, floor and comparisons have the derivative zero.
 *
 * <p>Powers, roots and logs of what is built by products, quotients and powers from sigmoids and exponentials are
 * differentiated through the log of their operand: d(a^g) = g a^g dlog(a) with dlog sigmoid(u) = sigmoid(-u) du. That stays
 * finite and exact where a underflows, for any exponent.
 *
 * @param rules for each operation what its adjoint gives to the adjoint of each operand; no operands: derivative zero
 * @param branches for the operations whose operands are alternatives, the gradient from the gradients of the alternatives
 * @param intoLog for operations of which the first operand may be differentiated through its log, what their adjoint gives to
 *     the adjoint of that log
 * @param alongLog what the adjoint of the log of a node gives to the adjoint of the log of each operand
 * @param outOfLog what the adjoint of the log of a node gives to the adjoint of its operand
 * @param bounded operations without poles: a minimum or maximum of what is built from them alone passes its adjoint on as an
 *     operation without alternatives does, which takes fewer operations
 */
public record DerivativeTable(
        Map<Op, List<Rule>> rules,
        Map<Op, Branch> branches,
        Map<Op, Rule> intoLog,
        Map<Op, List<Rule>> alongLog,
        Map<Op, Rule> outOfLog,
        Set<Op> bounded) {

    /** What a node with the given adjoint passes on to one operand. */
    @FunctionalInterface
    public interface Rule {
        Node of(Terms terms, Node node, Node adjoint);
    }

    /** The derivative of a node of which only one operand counts, from the derivatives of its last two operands. */
    @FunctionalInterface
    public interface Branch {
        Node of(Terms terms, Node node, Node first, Node second);
    }

    /** The rules of Parfocal. */
    public static final DerivativeTable STANDARD = new DerivativeTable(
            standardRules(),
            standardBranches(),
            standardIntoLog(),
            standardAlongLog(),
            standardOutOfLog(),
            EnumSet.of(
                    Op.ADD,
                    Op.SUBTRACT,
                    Op.MULTIPLY,
                    Op.NEGATE,
                    Op.MIN,
                    Op.MAX,
                    Op.ABS,
                    Op.ATAN,
                    Op.SIN,
                    Op.COS,
                    Op.SIGMOID,
                    Op.SOFTPLUS));

    public DerivativeTable {
        rules = Map.copyOf(rules);
        branches = Map.copyOf(branches);
        intoLog = Map.copyOf(intoLog);
        alongLog = Map.copyOf(alongLog);
        outOfLog = Map.copyOf(outOfLog);
        bounded = Set.copyOf(bounded);
    }

    /** This table with other rules for one operation, and without its road through logs. */
    public DerivativeTable with(Op op, Rule... replacement) {
        Map<Op, List<Rule>> changed = new HashMap<>(rules);
        changed.put(op, List.of(replacement));
        return new DerivativeTable(
                changed, branches, without(intoLog, op), without(alongLog, op), without(outOfLog, op), bounded);
    }

    private static <T> Map<Op, T> without(Map<Op, T> map, Op op) {
        Map<Op, T> rest = new HashMap<>(map);
        rest.remove(op);
        return rest;
    }

    private static Map<Op, List<Rule>> standardRules() {
        return Map.ofEntries(
                entry(Op.CONSTANT, List.of()),
                entry(Op.INPUT, List.of()),
                entry(Op.PARAMETER, List.of()),
                entry(Op.ADD, List.of((t, n, w) -> w, (t, n, w) -> w)),
                entry(Op.SUBTRACT, List.of((t, n, w) -> w, (t, n, w) -> t.negate(w))),
                entry(
                        Op.MULTIPLY,
                        List.of((t, n, w) -> t.times(w, n.operand(1)), (t, n, w) -> t.times(w, n.operand(0)))),
                entry(
                        Op.DIVIDE,
                        List.of(
                                (t, n, w) -> t.over(w, n.operand(1)),
                                (t, n, w) -> t.negate(t.times(t.over(w, n.operand(1)), n)))),
                entry(Op.NEGATE, List.of((t, n, w) -> t.negate(w))),
                entry(Op.POWER, List.of(DerivativeTable::powerByBase, DerivativeTable::powerByExponent)),
                entry(Op.EXP, List.of((t, n, w) -> t.times(w, n))),
                entry(Op.EXPM1, List.of((t, n, w) -> t.times(w, t.apply(Op.EXP, n.operand(0))))),
                entry(Op.LOG, List.of((t, n, w) -> t.over(w, n.operand(0)))),
                entry(Op.LOG1P, List.of((t, n, w) -> t.over(w, t.apply(Op.ADD, t.number(1), n.operand(0))))),
                entry(Op.SQRT, List.of((t, n, w) -> t.unlessZero(n, t.over(t.times(0.5, w), n)))),
                entry(Op.ABS, List.of((t, n, w) -> t.times(w, t.apply(Op.SIGN, n.operand(0))))),
                entry(Op.SIGN, List.of()),
                entry(Op.ATAN, List.of((t, n, w) -> t.over(w, onePlusSquare(t, n.operand(0))))),
                entry(Op.SIN, List.of((t, n, w) -> t.times(w, t.apply(Op.COS, n.operand(0))))),
                entry(Op.COS, List.of((t, n, w) -> t.negate(t.times(w, t.apply(Op.SIN, n.operand(0)))))),
                entry(Op.FLOOR, List.of()),
                entry(
                        Op.MIN,
                        List.of((t, n, w) -> t.times(w, share(t, n, 0)), (t, n, w) -> t.times(w, share(t, n, 1)))),
                entry(
                        Op.MAX,
                        List.of((t, n, w) -> t.times(w, share(t, n, 0)), (t, n, w) -> t.times(w, share(t, n, 1)))),
                entry(Op.SIGMOID, List.of((t, n, w) -> t.times(t.times(w, n), mirrored(t, n)))),
                entry(Op.SOFTPLUS, List.of((t, n, w) -> t.times(w, t.apply(Op.SIGMOID, n.operand(0))))),
                entry(Op.STOP_GRADIENT, List.of()));
    }

    private static Map<Op, Branch> standardBranches() {
        return Map.of(
                Op.SELECT, (t, n, a, b) -> t.select(n.operand(0), a, b),
                Op.MAX, DerivativeTable::chosen,
                Op.MIN, DerivativeTable::chosen);
    }

    private static Map<Op, Rule> standardIntoLog() {
        return Map.of(
                Op.POWER, (t, n, w) -> t.times(t.times(w, n.operand(1)), n),
                Op.SQRT, (t, n, w) -> t.times(t.times(0.5, w), n),
                Op.LOG, (t, n, w) -> w);
    }

    private static Map<Op, List<Rule>> standardAlongLog() {
        return Map.of(
                Op.MULTIPLY, List.of((t, n, w) -> w, (t, n, w) -> w),
                Op.DIVIDE, List.of((t, n, w) -> w, (t, n, w) -> t.negate(w)),
                Op.NEGATE, List.of((t, n, w) -> w),
                Op.POWER, List.of((t, n, w) -> t.times(w, n.operand(1))),
                Op.SQRT, List.of((t, n, w) -> t.times(0.5, w)));
    }

    private static Map<Op, Rule> standardOutOfLog() {
        return Map.of(Op.SIGMOID, (t, n, w) -> t.times(w, mirrored(t, n)), Op.EXP, (t, n, w) -> w);
    }

    private static Node mirrored(Terms t, Node sigmoid) {
        return t.apply(Op.SIGMOID, t.negate(sigmoid.operand(0)));
    }

    private static Node onePlusSquare(Terms t, Node a) {
        return t.apply(Op.ADD, t.number(1), t.apply(Op.MULTIPLY, a, a));
    }

    private static Node share(Terms t, Node node, int position) {
        return chosen(t, node, t.number(position == 0 ? 1 : 0), t.number(position));
    }

    /** What belongs to the operand that a minimum or maximum yields; at a tie their mean, or what belongs to a constant. */
    private static Node chosen(Terms t, Node node, Node first, Node second) {
        Node a = node.operand(0);
        Node b = node.operand(1);
        Node aLess = t.apply(Op.LESS, a, b);
        Node bLess = t.apply(Op.LESS, b, a);
        Node takesFirst = node.op() == Op.MIN ? aLess : bLess;
        Node takesSecond = node.op() == Op.MIN ? bLess : aLess;
        if (a.isConstant()) {
            return t.select(takesSecond, second, first);
        }
        Node otherwise = b.isConstant() ? second : t.times(0.5, t.plus(first, second));
        Node unlessSecond = t.select(takesFirst, first, otherwise);
        return b.isConstant() ? unlessSecond : t.select(takesSecond, second, unlessSecond);
    }

    private static Node powerByBase(Terms t, Node node, Node adjoint) {
        Node base = node.operand(0);
        Node exponent = node.operand(1);
        if (exponent.isConstant(0)) {
            return t.number(0);
        }
        Node slope = t.times(exponent, t.power(base, t.lessOne(exponent)));
        if (exponent.isConstant(1)) {
            return adjoint;
        }
        Node term = t.times(adjoint, slope);
        boolean finite = exponent.isConstant() && exponent.value() > 1;
        return finite ? term : t.unlessZero(base, term);
    }

    private static Node powerByExponent(Terms t, Node node, Node adjoint) {
        Node base = node.operand(0);
        return t.unlessZero(base, t.times(t.times(adjoint, node), t.apply(Op.LOG, base)));
    }
}
