package dev.parfocal.core.loss;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import dev.parfocal.core.language.Formula;
import dev.parfocal.core.language.FormulaPrinter;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes the gradient of a program, with the names that the loss's own text gives to what both have in common. */
final class GradientText {

    private final Formula formula;
    private final ScalarProgram program;
    private final Graph common = new Graph();

    GradientText(Formula formula, ScalarProgram program) {
        this.formula = formula;
        this.program = program;
    }

    List<String> lines() {
        Map<Node, Node> written = copies(List.of(formula.value()));
        Map<Node, Node> derived = copies(program.gradients());
        Map<Node, String> names = new HashMap<>();
        formula.definitions().forEach((node, name) -> {
            Node copy = written.get(node);
            if (copy != null) {
                names.putIfAbsent(copy, name);
            }
        });
        Map<String, Node> results = new LinkedHashMap<>();
        for (int i = 0; i < program.predicted().size(); i++) {
            Node gradient =
                    Objects.requireNonNull(derived.get(program.gradients().get(i)));
            results.put("d/d " + label(copies(List.of(program.predicted().get(i))), i, names), gradient);
        }
        return FormulaPrinter.print(results, names);
    }

    private String label(Map<Node, Node> copies, int column, Map<Node, String> names) {
        Node predicted = Objects.requireNonNull(copies.get(program.predicted().get(column)));
        return FormulaPrinter.expression(predicted, names);
    }

    /** Both graphs copied into one, so that what is the same is one node. */
    private Map<Node, Node> copies(Collection<Node> roots) {
        Map<Node, Node> copies = new HashMap<>();
        for (Node node : Walk.reachable(roots)) {
            copies.put(node, copy(node, copies));
        }
        return copies;
    }

    private Node copy(Node node, Map<Node, Node> copies) {
        if (isGuard(node)) {
            return Objects.requireNonNull(copies.get(node.operand(0)));
        }
        return switch (node.op()) {
            case CONSTANT -> common.constant(node.value());
            case INPUT -> common.input(node.name());
            case PARAMETER -> common.parameter(node.name());
            case ROW -> common.row(node.name());
            case INDEX -> common.index(node.name());
            case ENTRY -> common.input(Formula.Entry.of(node).name());
            default ->
                common.apply(
                        node.op(),
                        node.operands().stream()
                                .map(operand -> Objects.requireNonNull(copies.get(operand)))
                                .toList());
        };
    }

    /** Keeps floats from overflowing, and means nothing to a reader. */
    private static boolean isGuard(Node node) {
        return node.op() == Op.MIN && node.operand(1).isConstant(Float.MAX_VALUE);
    }
}
