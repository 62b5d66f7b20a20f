package dev.parfocal.core.rewrite;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Operations on constants become constants; what is no finite number stays as it is written, for errors to name it. */
final class FoldingRules {

    static final List<Rule> RULES = Stream.of(Op.values())
            .filter(op -> op.arity() > 0 && op.type() == Op.Type.NUMBER && op != Op.SELECT && Arithmetic.evaluates(op))
            .map(op -> new Rule("an operation on constants", op, (s, operands) -> fold(s, op, operands)))
            .toList();

    private FoldingRules() {}

    private static @Nullable Node fold(Simplifier s, Op op, List<Node> operands) {
        if (!operands.stream().allMatch(Node::isConstant)) {
            return null;
        }
        double second = operands.size() > 1 ? operands.get(1).value() : 0;
        double value = Arithmetic.apply(op, operands.get(0).value(), second, 0);
        return Double.isFinite(value) ? s.number(value) : null;
    }
}
