package dev.parfocal.core.rewrite;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A sum of products, in which like terms are added and common factors taken out. */
final class Sum {

    /** More terms than this stay nested, so that long chains cost no more than their length. */
    private static final int MOST_TERMS = 8;

    /** Sums inside of sums inside of sums are collected in one way only: to try all would take forever. */
    private static final int DEEPEST_SEARCH = 3;

    private record Part(Node node, boolean negative) {}

    private final Simplifier s;
    private final List<Product> terms = new ArrayList<>();
    private boolean merged;

    private Sum(Simplifier s) {
        this.s = s;
    }

    /**
     * A better form of a + b or a - b, or null if there are no like terms and no common factors. Sums that are used
     * elsewhere too are opened only if that saves operations or makes terms meet.
     */
    static @Nullable Node collected(Simplifier s, Op op, Node a, Node b) {
        int before = s.size();
        Sum closed = new Sum(s);
        Sum opened = new Sum(s);
        Node first = closed.collect(op, a, b, s::isPartial);
        if (s.depth() > DEEPEST_SEARCH) {
            return first;
        }
        Node second = opened.collect(op, a, b, node -> true);
        if (opened.merged || second == null) {
            return second == null ? first : second;
        }
        int cost = first == null ? 1 : s.cost(first, before);
        return s.cost(second, before) < cost ? second : first;
    }

    private @Nullable Node collect(Op op, Node a, Node b, Predicate<Node> opens) {
        open(opens, new Part(a, false), new Part(b, op == Op.SUBTRACT));
        terms.removeIf(term -> term.vanishes(s));
        if (terms.stream().anyMatch(term -> term.coefficient() == 0)) {
            return null;
        }
        boolean factored = factor();
        return merged || factored ? emit() : null;
    }

    private void open(Predicate<Node> opens, Part first, Part second) {
        Deque<Part> open = new ArrayDeque<>(List.of(first, second));
        int pending = 2;
        while (!open.isEmpty()) {
            Part part = open.pop();
            boolean turned = part.node().op() == Op.NEGATE
                    && Simplifier.isSum(part.node().operand(0));
            Node node = turned ? part.node().operand(0) : part.node();
            boolean negative = part.negative() ^ turned;
            if (Simplifier.isSum(node) && opens.test(node) && pending < MOST_TERMS) {
                pending++;
                open.push(new Part(node.operand(1), negative ^ node.op() == Op.SUBTRACT));
                open.push(new Part(node.operand(0), negative));
            } else {
                add(s.product(node).times(negative ? -1 : 1));
            }
        }
    }

    private void add(Product term) {
        for (int i = 0; i < terms.size(); i++) {
            if (terms.get(i).halves().equals(term.halves())) {
                double coefficient = terms.get(i).coefficient() + term.coefficient();
                terms.set(i, new Product(coefficient, term.halves()));
                merged = true;
                return;
            }
        }
        terms.add(term);
    }

    /** Takes out the greatest common factors, one pair of terms after the other. */
    private boolean factor() {
        boolean any = false;
        for (Pair pair = best(); pair != null; pair = best()) {
            Product second = terms.remove(pair.second());
            Product first = terms.get(pair.first());
            terms.set(pair.first(), combined(first, second, pair.common()));
            any = true;
        }
        return any;
    }

    private record Pair(int first, int second, Product common) {}

    /** The pair with the most in common; among equals one of which the sum exists already. */
    private @Nullable Pair best() {
        List<Pair> best = new ArrayList<>();
        int most = 1;
        for (int i = 0; i < terms.size(); i++) {
            for (int j = i + 1; j < terms.size(); j++) {
                Product common = common(terms.get(i), terms.get(j));
                int weight = common.weight();
                if (weight > most) {
                    best.clear();
                    most = weight;
                }
                if (weight == most) {
                    best.add(new Pair(i, j, common));
                }
            }
        }
        if (best.isEmpty()) {
            return null;
        }
        boolean search = best.size() > 1 && s.depth() <= DEEPEST_SEARCH;
        return search ? best.stream().filter(this::isKnown).findFirst().orElse(best.get(0)) : best.get(0);
    }

    private boolean isKnown(Pair pair) {
        int before = s.size();
        combined(terms.get(pair.first()), terms.get(pair.second()), pair.common());
        return s.size() == before;
    }

    /** Common powers, with the smaller constant if both have it or there are any. */
    private static Product common(Product a, Product b) {
        if (a.isConstant() || b.isConstant()) {
            return Product.ONE;
        }
        Product common = a.common(b);
        double less = Math.min(Math.abs(a.coefficient()), Math.abs(b.coefficient()));
        double more = Math.max(Math.abs(a.coefficient()), Math.abs(b.coefficient()));
        boolean exact = more / less * less == more;
        return less == more || exact && !common.isConstant() ? common.times(less) : common;
    }

    private Product combined(Product first, Product second, Product common) {
        Product a = first.without(common);
        Product b = second.without(common);
        double sign = Math.signum(a.coefficient());
        Node left = s.emit(a.times(sign));
        Node right = s.emit(b.times(Math.signum(b.coefficient())));
        boolean add = sign == Math.signum(b.coefficient());
        boolean turned = !add && left.id() > right.id() && !right.isConstant();
        Node inside = turned ? s.make(Op.SUBTRACT, right, left) : s.make(add ? Op.ADD : Op.SUBTRACT, left, right);
        return common.times(s.product(inside)).times(turned ? -sign : sign);
    }

    /** Terms in their order, a positive one first if there is one; like terms less a constant with the constant last. */
    private Node emit() {
        if (terms.isEmpty()) {
            return s.number(0);
        }
        boolean constantLast = merged && terms.size() == 2 && terms.get(0).isConstant();
        int lead = constantLast ? 1 : lead();
        Product first = terms.remove(lead);
        double sign = Math.signum(first.coefficient());
        Node result = s.emit(first.times(sign));
        for (Product term : terms) {
            double size = Math.signum(term.coefficient());
            result = sum(size == sign, result, s.emit(term.times(size)));
        }
        return sign < 0 ? s.negate(result) : result;
    }

    private int lead() {
        for (int i = 0; i < terms.size(); i++) {
            if (terms.get(i).coefficient() > 0) {
                return i;
            }
        }
        return 0;
    }

    private Node sum(boolean add, Node a, Node b) {
        if (!add) {
            return s.raw(Op.SUBTRACT, a, b);
        }
        return a.id() < b.id() ? s.raw(Op.ADD, a, b) : s.raw(Op.ADD, b, a);
    }
}
