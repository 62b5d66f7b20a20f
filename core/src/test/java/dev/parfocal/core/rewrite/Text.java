package dev.parfocal.core.rewrite;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Nodes as text with every bracket. */
final class Text {

    private static final Map<Op, String> INFIX =
            Map.of(Op.ADD, "+", Op.SUBTRACT, "-", Op.MULTIPLY, "*", Op.DIVIDE, "/", Op.LESS, "<", Op.EQUAL, "==");

    private Text() {}

    static String of(Node node) {
        if (node.op().arity() == 0) {
            return node.toString();
        }
        String infix = INFIX.get(node.op());
        if (infix != null) {
            return "(" + of(node.operand(0)) + " " + infix + " " + of(node.operand(1)) + ")";
        }
        if (node.op() == Op.NEGATE) {
            return "-" + of(node.operand(0));
        }
        String operands = node.operands().stream().map(Text::of).collect(Collectors.joining(", "));
        return node.op().name().toLowerCase(Locale.ROOT) + "(" + operands + ")";
    }
}
