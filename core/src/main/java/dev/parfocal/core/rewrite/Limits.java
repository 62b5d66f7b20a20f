package dev.parfocal.core.rewrite;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.Walk;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Limits at infinite logits, where softplus is infinite and meets factors of zero. Held below the greatest float it is still
 * the same for every finite float, and such a product is the limit, zero, in place of NaN.
 */
final class Limits {

    private Limits() {}

    /** The softplus, held below infinity. */
    static Node held(Simplifier s, Node softplus) {
        return s.raw(Op.MIN, softplus, s.number(Float.MAX_VALUE));
    }

    /** Gradients with every softplus in them held below infinity. */
    static List<Node> held(Simplifier s, List<Node> gradients, Collection<Node> leaves) {
        Map<Node, Node> images = new HashMap<>();
        leaves.forEach(leaf -> images.put(leaf, leaf));
        for (Node node : Walk.reachable(gradients, Set.copyOf(leaves))) {
            if (node.op() == Op.SOFTPLUS) {
                images.put(node, held(s, node));
            }
        }
        Map<Node, Node> rewritten = s.rewrite(gradients, images);
        return gradients.stream()
                .map(g -> Objects.requireNonNull(rewritten.get(g)))
                .toList();
    }
}
