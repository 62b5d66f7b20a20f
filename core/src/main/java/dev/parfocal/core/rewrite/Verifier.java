package dev.parfocal.core.rewrite;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.Op.Type;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks a program between passes: operands have the types that their operation takes and come before it, leaves are
 * declared, outputs have their types. What it finds is a mistake in a rule, never one of the user.
 */
public final class Verifier {

    private final ScalarProgram program;
    private final Set<Node> predicted;

    private Verifier(ScalarProgram program) {
        this.program = program;
        this.predicted = Set.copyOf(program.predicted());
    }

    /**
     * Returns the program, which is sound.
     *
     * @throws IllegalStateException naming the node, if it is not
     */
    public static ScalarProgram verified(ScalarProgram program) {
        new Verifier(program).verify();
        return program;
    }

    private void verify() {
        program.predicted().forEach(this::verifyPredicted);
        Set<Node> declared = new HashSet<>(program.given());
        for (Node node : Walk.reachable(program.outputs(), predicted)) {
            if (!predicted.contains(node)) {
                require(node.op() != Op.INPUT || declared.contains(node), node, "is no declared input");
                require(node.op() != Op.ROW && !node.op().readsRow(), node, "reads a row but is no predicted column");
                verifyOperands(node);
            }
        }
        program.outputs().forEach(node -> require(node.op().type() == Type.NUMBER, node, "is an output but no number"));
        program.indices().forEach(index -> Walk.reachable(List.of(index)).forEach(this::verifyIndexPart));
    }

    private void verifyPredicted(Node node) {
        require(
                node.op() == Op.INPUT || node.op().readsRow(),
                node,
                "is predicted but neither an input nor a row operation");
    }

    private void verifyIndexPart(Node node) {
        require(!predicted.contains(node), node, "is predicted, so no index may depend on it");
    }

    private static void verifyOperands(Node node) {
        require(node.operands().size() == node.op().arity(), node, "has the wrong number of operands");
        for (int i = 0; i < node.operands().size(); i++) {
            Node operand = node.operand(i);
            require(operand.id() < node.id(), node, "comes before its operand");
            require(
                    operand.op().type() == operandType(node.op(), i),
                    node,
                    "has an operand of the wrong type: " + operand);
        }
    }

    private static Type operandType(Op op, int position) {
        return switch (op) {
            case AND, OR, NOT -> Type.BOOLEAN;
            case SELECT -> position == 0 ? Type.BOOLEAN : Type.NUMBER;
            default -> Type.NUMBER;
        };
    }

    private static void require(boolean sound, Node node, String problem) {
        if (!sound) {
            throw new IllegalStateException("unsound graph: " + node + " " + problem);
        }
    }
}
