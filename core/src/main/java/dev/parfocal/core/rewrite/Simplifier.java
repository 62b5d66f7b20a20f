package dev.parfocal.core.rewrite;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.Walk;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes nodes by the rules of a table: operands are simplified already, so rules look at few levels only. */
public final class Simplifier {

    /** How far rules may call each other; beyond that nodes are made as they are. */
    private static final int DEEPEST = 60;

    private final Graph graph;
    private final RuleTable rules;
    private final Ranges ranges;
    private final Definedness definedness;
    private final Conditions conditions;
    private final Stage stage;
    private final Map<Request, Node> made = new HashMap<>();
    private final BitSet noted = new BitSet();
    private int depth;
    private boolean innerSum;
    private boolean large;
    private final Set<Node> partial = new HashSet<>();

    private record Request(Op op, List<Node> operands, boolean innerSum) {}

    /** Which form is wanted. */
    enum Stage {
        /** Fit to be differentiated: powers stay powers. */
        SYMBOLIC,
        /** Fit to be computed: powers are products and square roots, stop-gradients are gone. */
        NUMERIC
    }

    Simplifier(Graph graph, RuleTable rules, Map<String, Domain> domains, Stage stage) {
        this.stage = stage;
        this.graph = graph;
        this.rules = rules;
        this.ranges = new Ranges(domains);
        this.definedness = new Definedness(ranges);
        this.conditions = new Conditions(ranges, definedness);
    }

    /** Says that there are so many nodes that only what is near is looked at. */
    Simplifier large(boolean isLarge) {
        large = isLarge;
        return this;
    }

    boolean isLarge() {
        return large;
    }

    /** The simplest form of an operation on simplified operands. */
    public Node make(Op op, Node... operands) {
        return make(op, List.of(operands));
    }

    private Node make(Op op, List<Node> operands) {
        if (depth >= DEEPEST) {
            return raw(op, operands.toArray(Node[]::new));
        }
        Request request = new Request(op, operands, innerSum);
        Node known = made.get(request);
        if (known == null) {
            known = better(op, operands);
            made.put(request, known);
        }
        return known;
    }

    private Node better(Op op, List<Node> operands) {
        depth++;
        try {
            for (Rule rule : rules.of(op)) {
                Node better = rule.form().of(this, operands);
                if (better != null) {
                    return better;
                }
            }
            return raw(op, operands.toArray(Node[]::new));
        } finally {
            depth--;
        }
    }

    /** The operation as it is. */
    public Node raw(Op op, Node... operands) {
        return noted(graph.apply(op, operands));
    }

    /** Looks at a node while what is below it is known, so that nothing ever has to look deep. */
    private Node noted(Node node) {
        if (!noted.get(node.id())) {
            noted.set(node.id());
            ranges.of(node);
            definedness.note(node);
            conditions.note(node);
        }
        return node;
    }

    public Node number(double value) {
        return graph.constant(value == 0 ? 0 : value);
    }

    public Node negate(Node a) {
        return make(Op.NEGATE, a);
    }

    /** One less a number. */
    public Node complement(Node a) {
        return make(Op.SUBTRACT, number(1), a);
    }

    boolean isNonNegative(Node a) {
        return ranges.of(a).isNonNegative();
    }

    /** Whether a node is a number for all inputs, so that it may be dropped. */
    boolean isDefined(Node a) {
        return definedness.isDefined(a);
    }

    /** Whether a node is a number other than zero for all inputs, so that it may be divided by. */
    boolean isDivisor(Node a) {
        return definedness.isDefined(a) && definedness.isNonZero(a);
    }

    boolean isPositive(Node a) {
        return definedness.isPositive(a);
    }

    /** How many rules are at work, each for another. */
    int depth() {
        return depth;
    }

    /** The number of nodes made so far. */
    int size() {
        return graph.size();
    }

    /** Whether the node that is being made is part of a greater sum, which will be collected as a whole. */
    boolean isInnerSum() {
        return innerSum;
    }

    /** Whether a sum is the image of one that only sums use. */
    boolean isPartial(Node sum) {
        return partial.contains(sum);
    }

    /** The number of operations that a node needs beyond those that were there before. */
    int cost(Node node, int before) {
        Set<Node> fresh = new HashSet<>();
        Deque<Node> open = new ArrayDeque<>(List.of(node));
        while (!open.isEmpty()) {
            Node next = open.pop();
            if (next.id() >= before && next.op().arity() > 0 && fresh.add(next)) {
                next.operands().forEach(open::push);
            }
        }
        return fresh.size();
    }

    Stage stage() {
        return stage;
    }

    Interval range(Node a) {
        return ranges.of(a);
    }

    /** Whether a condition is always true or always false; null if it depends. */
    @Nullable
    Boolean decided(Node condition) {
        return conditions.decided(condition);
    }

    /** Whether a difference stands the other way round in products, so that it and its negative are one factor. */
    boolean isTurned(Node a) {
        return stage == Stage.NUMERIC
                && a.op() == Op.SUBTRACT
                && !a.operand(0).isConstant()
                && !a.operand(1).isConstant()
                && a.operand(0).id() > a.operand(1).id();
    }

    Product product(Node a) {
        return Product.of(a, this);
    }

    /** The node of a product, in the one form that products have. */
    Node emit(Product product) {
        return new ProductForm(this).of(product);
    }

    /** Whether a node is the same for all elements. */
    boolean isUniform(Node a) {
        return conditions.isUniform(a);
    }

    /**
     * The simplified images of nodes, which may belong to another graph.
     *
     * @param known images that are given: leaves, substituted inputs
     */
    Map<Node, Node> rewrite(Collection<Node> roots, Map<Node, Node> known) {
        Map<Node, Node> image = new HashMap<>(known);
        List<Node> order = Walk.reachable(roots, Set.copyOf(known.keySet()));
        Set<Node> innerSums = innerSums(order, roots);
        for (Node node : order) {
            if (!image.containsKey(node)) {
                innerSum = innerSums.contains(node);
                Node made = noted(imageOf(node, image));
                image.put(node, made);
                if (innerSum) {
                    partial.add(made);
                }
            }
        }
        return image;
    }

    /** What only sums use, under a sign or not. */
    private static Set<Node> innerSums(List<Node> order, Collection<Node> roots) {
        Set<Node> inner = new HashSet<>();
        Set<Node> other = new HashSet<>(roots);
        for (Node node : order) {
            (isSum(node) || node.op() == Op.NEGATE ? inner : other).addAll(node.operands());
        }
        inner.removeAll(other);
        return inner;
    }

    static boolean isSum(Node node) {
        return node.op() == Op.ADD || node.op() == Op.SUBTRACT;
    }

    private Node imageOf(Node node, Map<Node, Node> image) {
        return switch (node.op()) {
            case CONSTANT -> graph.constant(node.value());
            case INPUT -> graph.input(node.name());
            case PARAMETER -> graph.parameter(node.name());
            case ROW -> graph.row(node.name());
            case INDEX -> graph.index(node.name());
            default ->
                make(
                        node.op(),
                        node.operands().stream()
                                .map(operand -> Objects.requireNonNull(image.get(operand)))
                                .toList());
        };
    }
}
