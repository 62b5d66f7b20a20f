package dev.parfocal.core.rewrite;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A product in normal form: a constant times powers of nodes.
 *
 * @param coefficient the constant, with the sign
 * @param halves the exponent of each base in units of one half, at least 1
 */
record Product(double coefficient, Map<Node, Integer> halves) {

    /** More factors than this stay nested, so that long chains cost no more than their length. */
    private static final int MOST_FACTORS = 24;

    /** The same in large graphs, where each product would be written anew for each of its users. */
    private static final int MOST_FACTORS_OF_LARGE = 1;

    private static final double GREATEST_POWER = 32;

    static final Product ONE = new Product(1, Map.of());

    static Product of(Node node, Simplifier s) {
        double coefficient = 1;
        Map<Node, Integer> halves = new LinkedHashMap<>();
        Deque<Node> open = new ArrayDeque<>();
        open.push(node);
        int most = s.isLarge() ? MOST_FACTORS_OF_LARGE : MOST_FACTORS;
        int steps = 0;
        while (!open.isEmpty()) {
            Node next = open.pop();
            boolean opened = ++steps <= most;
            if (next.isConstant()) {
                coefficient *= next.value();
            } else if (opened && next.op() == Op.MULTIPLY) {
                open.push(next.operand(1));
                open.push(next.operand(0));
            } else if (opened && next.op() == Op.NEGATE) {
                coefficient = -coefficient;
                open.push(next.operand(0));
            } else if (s.isTurned(next)) {
                coefficient = -coefficient;
                halves.merge(s.raw(Op.SUBTRACT, next.operand(1), next.operand(0)), 2, Integer::sum);
            } else if (next.op() == Op.SQRT && s.isNonNegative(next.operand(0))) {
                halves.merge(next.operand(0), 1, Integer::sum);
            } else if (isKnownPower(next, s)) {
                halves.merge(next.operand(0), (int) (2 * next.operand(1).value()), Integer::sum);
            } else {
                halves.merge(next, 2, Integer::sum);
            }
        }
        return new Product(coefficient, halves);
    }

    /** Whether a constant exponent can be had by products and square roots. */
    static boolean isHalfInteger(double exponent) {
        return exponent > 0 && exponent <= GREATEST_POWER && 2 * exponent == Math.rint(2 * exponent);
    }

    private static boolean isKnownPower(Node node, Simplifier s) {
        if (node.op() != Op.POWER || !node.operand(1).isConstant()) {
            return false;
        }
        double exponent = node.operand(1).value();
        return isHalfInteger(exponent) && (exponent == Math.rint(exponent) || s.isNonNegative(node.operand(0)));
    }

    Product times(Product b) {
        Map<Node, Integer> all = new LinkedHashMap<>(halves);
        b.halves.forEach((base, count) -> all.merge(base, count, Integer::sum));
        return new Product(coefficient * b.coefficient, all);
    }

    Product times(double factor) {
        return new Product(coefficient * factor, halves);
    }

    /** What both have in common: powers only. */
    Product common(Product b) {
        Map<Node, Integer> shared = new LinkedHashMap<>();
        halves.forEach((base, count) -> {
            int least = Math.min(count, b.halves.getOrDefault(base, 0));
            if (least > 0) {
                shared.put(base, least);
            }
        });
        return new Product(1, shared);
    }

    /** The powers of some bases alone. */
    Product only(Predicate<Node> wanted) {
        Map<Node, Integer> kept = new LinkedHashMap<>(halves);
        kept.keySet().removeIf(wanted.negate());
        return new Product(1, kept);
    }

    /** Whether this is zero whatever the inputs. */
    boolean vanishes(Simplifier s) {
        return coefficient == 0 && halves.keySet().stream().allMatch(s::isDefined);
    }

    /** This without the factors of another, all of which it has. */
    Product without(Product b) {
        Map<Node, Integer> rest = new LinkedHashMap<>();
        halves.forEach((base, count) -> {
            int left = count - b.halves.getOrDefault(base, 0);
            if (left > 0) {
                rest.put(base, left);
            }
        });
        return new Product(coefficient / b.coefficient, rest);
    }

    boolean has(Node base) {
        return halves.getOrDefault(base, 0) >= 2;
    }

    /** This without one factor that it has. */
    Product without(Node base) {
        return without(new Product(1, Map.of(base, 2)));
    }

    /** How much it is worth to take this out of a sum; 0 for 1. */
    int weight() {
        int all = halves.values().stream().mapToInt(Integer::intValue).sum();
        return 2 * all + (coefficient == 1 ? 0 : 1);
    }

    boolean isConstant() {
        return halves.isEmpty();
    }
}
