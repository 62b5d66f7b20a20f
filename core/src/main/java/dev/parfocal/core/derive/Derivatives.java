package dev.parfocal.core.derive;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.Walk;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Symbolic derivatives in reverse mode.
 *
 * <p>What stands under an alternative (a selection, a minimum, a maximum) is differentiated by itself, and the alternative
 * chooses between finished gradients: an infinite slope in the branch that is not taken never meets a factor of zero.
 * Iterative, so that no formula is too deep.
 */
public final class Derivatives {

    private final Terms terms;
    private final DerivativeTable table;
    private final Set<Node> leaves;
    private final BitSet varying = new BitSet();
    private final BitSet withoutPoles = new BitSet();
    private final BitSet closedUnderLog = new BitSet();
    private final Map<Node, Map<Node, Node>> finished = new HashMap<>();

    private Derivatives(Graph graph, Set<Node> leaves, DerivativeTable table) {
        this.terms = new Terms(graph);
        this.table = table;
        this.leaves = leaves;
    }

    /**
     * The derivative of a value with respect to each leaf, in their order, as nodes of the same graph.
     *
     * @param graph the graph that owns the other arguments; the derivatives are added to it
     * @param value what to differentiate
     * @param leaves INPUT nodes or row operations; nothing below them is looked at
     */
    public static List<Node> of(Graph graph, Node value, List<Node> leaves) {
        return of(graph, value, leaves, DerivativeTable.STANDARD);
    }

    /** The same by rules of one's own. */
    public static List<Node> of(Graph graph, Node value, List<Node> leaves, DerivativeTable table) {
        return new Derivatives(graph, new LinkedHashSet<>(leaves), table).of(value, leaves);
    }

    private List<Node> of(Node value, List<Node> order) {
        for (Node node : Walk.reachable(List.of(value), leaves)) {
            classify(node);
            if (isAlternative(node)) {
                finished.put(node, alternatives(node));
            }
        }
        Map<Node, Node> gradient = gradient(value);
        List<Node> result = new ArrayList<>();
        for (Node leaf : order) {
            result.add(gradient.getOrDefault(leaf, terms.number(0)));
        }
        return result;
    }

    private void classify(Node node) {
        boolean varies = leaves.contains(node)
                || passesOn(node.op()) && node.operands().stream().anyMatch(this::varies);
        varying.set(node.id(), varies);
        boolean bounded = table.bounded().contains(node.op())
                && node.operands().stream().allMatch(operand -> withoutPoles.get(operand.id()));
        withoutPoles.set(node.id(), !varies || leaves.contains(node) || bounded);
        closedUnderLog.set(node.id(), !varies || !leaves.contains(node) && isClosedUnderLog(node));
    }

    /** Whether the operands of a node are to be differentiated by themselves. */
    private boolean isAlternative(Node node) {
        return varies(node)
                && !leaves.contains(node)
                && table.branches().containsKey(node.op())
                && !withoutPoles.get(node.id());
    }

    private boolean passesOn(Op op) {
        return table.branches().containsKey(op)
                || !table.rules().getOrDefault(op, List.of()).isEmpty();
    }

    private boolean isClosedUnderLog(Node node) {
        if (table.outOfLog().containsKey(node.op())) {
            return true;
        }
        List<DerivativeTable.Rule> rules = table.alongLog().get(node.op());
        if (rules == null) {
            return false;
        }
        for (int i = 0; i < node.operands().size(); i++) {
            Node operand = node.operand(i);
            if (i < rules.size() ? !closedUnderLog.get(operand.id()) : varies(operand)) {
                return false;
            }
        }
        return true;
    }

    private boolean varies(Node node) {
        return varying.get(node.id());
    }

    private Map<Node, Node> alternatives(Node node) {
        DerivativeTable.Branch branch = Objects.requireNonNull(table.branches().get(node.op()));
        int last = node.operands().size() - 1;
        Map<Node, Node> first = gradient(node.operand(last - 1));
        Map<Node, Node> second = gradient(node.operand(last));
        Map<Node, Node> chosen = new LinkedHashMap<>();
        Node zero = terms.number(0);
        for (Node leaf : leaves) {
            if (first.containsKey(leaf) || second.containsKey(leaf)) {
                Node a = first.getOrDefault(leaf, zero);
                Node b = second.getOrDefault(leaf, zero);
                chosen.put(leaf, branch.of(terms, node, a, b));
            }
        }
        return chosen;
    }

    /** The derivatives of a root by the leaves that it depends on; alternatives below it are finished. */
    private Map<Node, Node> gradient(Node root) {
        Map<Node, Node> gradient = new LinkedHashMap<>();
        if (!varies(root)) {
            return gradient;
        }
        Adjoints adjoints = new Adjoints(terms);
        adjoints.add(root, terms.number(1));
        while (!adjoints.isEmpty()) {
            Adjoints.Entry entry = adjoints.takeLast();
            Node node = entry.node();
            if (leaves.contains(node)) {
                gradient.merge(node, entry.plain(), terms::plus);
            } else if (finished.containsKey(node)) {
                finished.get(node)
                        .forEach((leaf, slope) -> gradient.merge(leaf, terms.times(entry.plain(), slope), terms::plus));
            } else {
                passOn(entry, adjoints);
            }
        }
        return gradient;
    }

    private void passOn(Adjoints.Entry entry, Adjoints adjoints) {
        Node node = entry.node();
        if (!entry.plain().isConstant(0)) {
            passPlain(node, entry.plain(), adjoints);
        }
        if (!entry.log().isConstant(0)) {
            passLog(node, entry.log(), adjoints);
        }
    }

    private void passPlain(Node node, Node adjoint, Adjoints adjoints) {
        DerivativeTable.Rule intoLog =
                closedUnderLog.get(node.operand(0).id()) ? table.intoLog().get(node.op()) : null;
        List<DerivativeTable.Rule> rules = table.rules().getOrDefault(node.op(), List.of());
        for (int i = 0; i < rules.size(); i++) {
            Node operand = node.operand(i);
            if (!varies(operand)) {
                continue;
            }
            if (i == 0 && intoLog != null) {
                adjoints.addLog(operand, intoLog.of(terms, node, adjoint));
            } else {
                adjoints.add(operand, rules.get(i).of(terms, node, adjoint));
            }
        }
    }

    private void passLog(Node node, Node adjoint, Adjoints adjoints) {
        DerivativeTable.Rule out = table.outOfLog().get(node.op());
        if (out != null) {
            adjoints.add(node.operand(0), out.of(terms, node, adjoint));
            return;
        }
        List<DerivativeTable.Rule> rules = table.alongLog().getOrDefault(node.op(), List.of());
        for (int i = 0; i < rules.size(); i++) {
            if (varies(node.operand(i))) {
                adjoints.addLog(node.operand(i), rules.get(i).of(terms, node, adjoint));
            }
        }
    }
}
