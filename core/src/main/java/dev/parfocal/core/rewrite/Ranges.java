package dev.parfocal.core.rewrite;

import static java.util.Map.entry;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/** What the nodes of a graph can yield, from the domains of its inputs and parameters. */
final class Ranges {

    private interface Range {
        Interval of(List<Interval> operands);
    }

    private static final Map<Op, Range> TABLE = Map.ofEntries(
            entry(Op.ROW, r -> Interval.REAL),
            entry(Op.ADD, r -> r.get(0).plus(r.get(1))),
            entry(Op.SUBTRACT, r -> r.get(0).plus(r.get(1).negated())),
            entry(Op.MULTIPLY, r -> r.get(0).times(r.get(1))),
            entry(Op.DIVIDE, r -> r.get(0).over(r.get(1))),
            entry(Op.NEGATE, r -> r.get(0).negated()),
            entry(Op.POWER, r -> r.get(0).power(r.get(1))),
            entry(Op.EXP, increasing(Math::exp)),
            entry(Op.EXPM1, increasing(Math::expm1)),
            entry(Op.LOG, increasing(Math::log)),
            entry(Op.LOG1P, increasing(Math::log1p)),
            entry(
                    Op.SQRT,
                    r -> new Interval(
                            Math.sqrt(Math.max(0, r.get(0).low())),
                            Math.sqrt(Math.max(0, r.get(0).high())))),
            entry(Op.ABS, r -> r.get(0).absolute()),
            entry(Op.SIGN, increasing(Math::signum)),
            entry(Op.ATAN, increasing(Math::atan)),
            entry(Op.SIN, r -> Interval.SIGNED_UNIT),
            entry(Op.COS, r -> Interval.SIGNED_UNIT),
            entry(Op.FLOOR, increasing(Math::floor)),
            entry(
                    Op.MIN,
                    r -> new Interval(
                            Math.min(r.get(0).low(), r.get(1).low()),
                            Math.min(r.get(0).high(), r.get(1).high()))),
            entry(
                    Op.MAX,
                    r -> new Interval(
                            Math.max(r.get(0).low(), r.get(1).low()),
                            Math.max(r.get(0).high(), r.get(1).high()))),
            entry(Op.SIGMOID, r -> Interval.UNIT),
            entry(Op.SOFTPLUS, r -> Interval.NON_NEGATIVE),
            entry(Op.LESS, r -> Interval.UNIT),
            entry(Op.LESS_EQUAL, r -> Interval.UNIT),
            entry(Op.EQUAL, r -> Interval.UNIT),
            entry(Op.AND, r -> Interval.UNIT),
            entry(Op.OR, r -> Interval.UNIT),
            entry(Op.NOT, r -> Interval.UNIT),
            entry(Op.SELECT, r -> r.get(1).union(r.get(2))),
            entry(Op.STOP_GRADIENT, r -> r.get(0)),
            entry(Op.ENTRY, r -> r.get(0)),
            entry(Op.LOG_SOFTMAX, r -> Interval.NON_NEGATIVE.negated()),
            entry(Op.INDEX, r -> Interval.NON_NEGATIVE),
            entry(Op.EXPECTATION, r -> Interval.NON_NEGATIVE),
            entry(Op.EXPECTATION_OF, r -> r.get(1)),
            entry(Op.KL_DIVERGENCE, r -> Interval.NON_NEGATIVE));

    private final Map<String, Domain> domains;
    private final Map<Node, Interval> known = new HashMap<>();

    Ranges(Map<String, Domain> domains) {
        this.domains = Map.copyOf(domains);
    }

    /** The range of a node; those of its operands are known if it was made after them. */
    Interval of(Node node) {
        Interval interval = known.get(node);
        if (interval == null) {
            interval = compute(node);
            known.put(node, interval);
        }
        return interval;
    }

    private Interval compute(Node node) {
        switch (node.op()) {
            case CONSTANT:
                return new Interval(node.value(), node.value());
            case INPUT, PARAMETER:
                Domain domain = domains.getOrDefault(node.name(), Domain.ANY);
                return new Interval(domain.low(), domain.high());
            case MULTIPLY:
                if (node.operand(0).equals(node.operand(1))) {
                    Interval size = of(node.operand(0)).absolute();
                    return size.times(size);
                }
                break;
            default:
                break;
        }
        Range range = Objects.requireNonNull(TABLE.get(node.op()), () -> node.op() + " has no range");
        return range.of(node.operands().stream().map(this::of).toList());
    }

    private static Range increasing(DoubleUnaryOperator function) {
        return r -> Interval.ordered(
                function.applyAsDouble(r.get(0).low()),
                function.applyAsDouble(r.get(0).high()));
    }
}
