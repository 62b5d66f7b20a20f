package dev.parfocal.core.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Orders the nodes below some roots. Iterative, so that no formula is too deep for it. */
public final class Walk {

    private Walk() {}

    /** Every node that the roots need, operands before users. */
    public static List<Node> reachable(Collection<Node> roots) {
        return reachable(roots, Set.of());
    }

    /** Every node that the roots need, operands before users; what stands below a leaf is left out. */
    public static List<Node> reachable(Collection<Node> roots, Set<Node> leaves) {
        BitSet seen = new BitSet();
        List<Node> found = new ArrayList<>();
        Deque<Node> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (seen.get(node.id())) {
                continue;
            }
            seen.set(node.id());
            found.add(node);
            if (!leaves.contains(node)) {
                node.operands().forEach(open::push);
            }
        }
        found.sort(Comparator.comparingInt(Node::id));
        return found;
    }
}
