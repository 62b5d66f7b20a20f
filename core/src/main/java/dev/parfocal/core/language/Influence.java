package dev.parfocal.core.language;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Refuses a loss that some predicted input has no gradient in: training could not move it. */
final class Influence {

    private static final Set<Op> WITHOUT_GRADIENT =
            Set.of(Op.STOP_GRADIENT, Op.FLOOR, Op.SIGN, Op.LESS, Op.LESS_EQUAL, Op.EQUAL);

    private final Source source;

    Influence(Source source) {
        this.source = source;
    }

    void check(Signature signature, List<Token> head, Node value) {
        Set<Node> felt = felt(value);
        for (Formula.Variable variable : signature.predicted()) {
            Node node = variable.node();
            if (!felt.contains(node)) {
                Token token = head.stream()
                        .skip(2)
                        .filter(name -> name.is(node.name()))
                        .findFirst()
                        .orElse(head.get(0));
                throw source.error(
                        token.offset(),
                        "the loss has no gradient in '" + node.name()
                                + "': its result must depend on every predicted input other than through stop_gradient,"
                                + " floor, sign or a condition");
            }
        }
    }

    private static Set<Node> felt(Node value) {
        Set<Node> seen = new HashSet<>();
        Deque<Node> open = new ArrayDeque<>(List.of(value));
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (seen.add(node) && !WITHOUT_GRADIENT.contains(node.op())) {
                int from = node.op() == Op.SELECT ? 1 : 0;
                node.operands().stream().skip(from).forEach(open::push);
            }
        }
        return seen;
    }
}
