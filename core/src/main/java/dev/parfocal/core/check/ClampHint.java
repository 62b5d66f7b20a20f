package dev.parfocal.core.check;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import java.util.EnumSet;
import java.util.Set;

/** What to change where a logarithm is guarded by hand, which is what keeps it from being exact. */
final class ClampHint {

    private static final Set<Op> EXACT = EnumSet.of(Op.SIGMOID, Op.EXP);

    private ClampHint() {}

    /** The end of a sentence about a program that is not exact; empty if no guard is in the way. */
    static String of(ScalarProgram stable) {
        return Walk.reachable(stable.outputs(), Set.copyOf(stable.predicted())).stream()
                .filter(node -> node.op() == Op.LOG)
                .map(node -> hint(node.operand(0)))
                .filter(hint -> !hint.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String hint(Node guarded) {
        boolean clamped = guarded.op() == Op.MAX || guarded.op() == Op.MIN;
        boolean padded = guarded.op() == Op.ADD;
        boolean byConstant = guarded.operands().stream().anyMatch(Node::isConstant);
        boolean exact = guarded.operands().stream().anyMatch(node -> EXACT.contains(node.op()));
        if (!(clamped || padded) || !byConstant || !exact) {
            return "";
        }
        String guard = padded ? "the constant in the logarithm" : guarded.op() == Op.MAX ? "max" : "min";
        return "; drop " + guard + ": log(sigmoid(x)) is exact here, and a guard is not";
    }
}
