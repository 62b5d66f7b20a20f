package dev.parfocal.core.rewrite;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import dev.parfocal.core.rewrite.Simplifier.Stage;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies rules to whole programs. */
final class Programs {

    private static final int MOST_PASSES = 6;

    /** Graphs of more nodes, which no loss needs, are gone through once. */
    private static final int LARGE = 1000;

    private Programs() {}

    /** The simplified roots, in their graph; passes are repeated until nothing changes. */
    static List<Node> simplified(
            Graph graph,
            RuleTable rules,
            List<Node> roots,
            Map<Node, Node> known,
            Collection<Node> leaves,
            Map<String, Domain> domains,
            Stage stage) {
        Map<Node, Node> images = new LinkedHashMap<>(known);
        leaves.forEach(leaf -> images.put(leaf, leaf));
        Simplifier simplifier = new Simplifier(graph, rules, domains, stage);
        List<Node> before = roots;
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            boolean large = isLarge(before);
            if (large && pass > 0) {
                break;
            }
            List<Node> after = images(before, simplifier.large(large).rewrite(before, images));
            if (after.equals(before)) {
                break;
            }
            before = after;
        }
        return before;
    }

    /** Whether there are so many nodes below some roots that only what is near is looked at. */
    static boolean isLarge(Collection<Node> roots) {
        return Walk.reachable(roots).size() > LARGE;
    }

    /** The program in a new graph, at some values, rewritten by rules. */
    static ScalarProgram rewritten(
            ScalarProgram program,
            RuleTable rules,
            Map<String, Double> values,
            Map<String, Domain> domains,
            Stage stage) {
        Graph work = new Graph();
        Map<Node, Node> leaves = leaves(program, work);
        Map<Node, Node> known = new LinkedHashMap<>(leaves);
        for (Node node : Walk.reachable(program.outputs(), Set.copyOf(program.predicted()))) {
            Double value = valueOf(node, values);
            if (value != null) {
                known.putIfAbsent(node, work.constant(value));
            }
        }
        Simplifier simplifier = new Simplifier(work, rules, domains, stage).large(isLarge(program.outputs()));
        List<Node> first = images(program.outputs(), simplifier.rewrite(program.outputs(), known));
        List<Node> outputs = simplified(work, rules, first, Map.of(), leaves.values(), domains, stage);
        List<Node> given = program.given().stream()
                .filter(node -> !values.containsKey(node.name()))
                .map(node -> work.input(node.name()))
                .toList();
        return Verifier.verified(compact(assemble(work, images(program.predicted(), leaves), given, outputs)));
    }

    private static @Nullable Double valueOf(Node node, Map<String, Double> values) {
        return node.op() == Op.INPUT || node.op() == Op.PARAMETER ? values.get(node.name()) : null;
    }

    /** The same program in a graph without anything else. */
    private static ScalarProgram compact(ScalarProgram program) {
        Graph graph = new Graph();
        Map<Node, Node> leaves = leaves(program, graph);
        Simplifier copier = new Simplifier(graph, RuleTable.NONE, Map.of(), Stage.SYMBOLIC);
        List<Node> outputs = images(program.outputs(), copier.rewrite(program.outputs(), leaves));
        List<Node> given =
                program.given().stream().map(node -> graph.input(node.name())).toList();
        return assemble(graph, images(program.predicted(), leaves), given, outputs);
    }

    private static ScalarProgram assemble(Graph graph, List<Node> predicted, List<Node> given, List<Node> outputs) {
        int gradients = predicted.size();
        return new ScalarProgram(
                graph,
                predicted,
                given,
                outputs.get(0),
                outputs.subList(1, 1 + gradients),
                outputs.subList(1 + gradients, outputs.size()));
    }

    /** The predicted columns in another graph; what stands below a row operation is copied as it is. */
    private static Map<Node, Node> leaves(ScalarProgram program, Graph graph) {
        Simplifier copier = new Simplifier(graph, RuleTable.NONE, Map.of(), Stage.SYMBOLIC);
        Map<Node, Node> copies = copier.rewrite(program.predicted(), Map.of());
        Map<Node, Node> leaves = new LinkedHashMap<>();
        program.predicted().forEach(leaf -> leaves.put(leaf, Objects.requireNonNull(copies.get(leaf))));
        return leaves;
    }

    private static List<Node> images(List<Node> nodes, Map<Node, Node> images) {
        return nodes.stream()
                .map(node -> Objects.requireNonNull(images.get(node)))
                .toList();
    }
}
