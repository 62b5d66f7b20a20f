package dev.parfocal.core.loss;

import dev.parfocal.core.derive.Derivatives;
import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import dev.parfocal.core.language.Bound;
import dev.parfocal.core.language.Formula;
import dev.parfocal.core.rewrite.Domain;
import dev.parfocal.core.rewrite.StableForms;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Turns formulas into programs. */
final class Programs {

    private Programs() {}

    /** As written and differentiated, with parameters as constants where they have a value. */
    static Textbook textbook(Formula formula, Map<String, Double> values) {
        Textbook written = written(formula, values, Set.of());
        ScalarProgram p = written.program();
        List<Node> gradients = Derivatives.of(p.graph(), p.value(), p.predicted());
        return new Textbook(
                new ScalarProgram(p.graph(), p.predicted(), p.given(), p.value(), gradients, p.indices()),
                written.names());
    }

    /** As written; the gradients are still to be made, and 0. */
    private static Textbook written(Formula formula, Map<String, Double> values, Set<String> differing) {
        Graph graph = new Graph();
        Map<Node, Node> copies = new HashMap<>();
        for (Node node : Walk.reachable(List.of(formula.value()))) {
            copies.put(node, copy(graph, node, copies, values, differing));
        }
        Node value = Objects.requireNonNull(copies.get(formula.value()));
        List<Node> given = new ArrayList<>();
        given.addAll(given(graph, formula, values));
        formula.entries().stream()
                .filter(entry -> differing.contains(entry.parameter()))
                .forEach(entry -> given.add(graph.input(entry.name())));
        boolean row = formula.predicted().get(0).node().op() == Op.ROW;
        List<Node> predicted = row
                ? rowOperations(value)
                : formula.predicted().stream()
                        .map(variable -> graph.input(variable.node().name()))
                        .toList();
        List<Node> indices = predicted.stream()
                .filter(node -> node.op() == Op.LOG_SOFTMAX)
                .map(pick -> pick.operand(1))
                .toList();
        Map<Node, String> names = new HashMap<>();
        formula.definitions().forEach((node, name) -> {
            Node copy = copies.get(node);
            if (copy != null) {
                names.put(copy, name);
            }
        });
        List<Node> gradients = Collections.nCopies(predicted.size(), graph.constant(0));
        return new Textbook(new ScalarProgram(graph, predicted, given, value, gradients, indices), names);
    }

    /** In stable forms; a parameter without a value stays an argument, and entries of differing ones are given. */
    static ScalarProgram stable(Formula formula, Map<String, Double> values, Set<String> differing) {
        ScalarProgram written = written(formula, values, differing).program();
        return pruned(StableForms.rewrite(written, Map.of(), domains(formula, values)));
    }

    /** Without the row operations that the value no longer reads, such as those of a branch that no parameter takes. */
    private static ScalarProgram pruned(ScalarProgram program) {
        Set<Node> read = Set.copyOf(Walk.reachable(List.of(program.value()), Set.copyOf(program.predicted())));
        List<Node> predicted = new ArrayList<>();
        List<Node> gradients = new ArrayList<>();
        List<Node> indices = new ArrayList<>();
        int pick = 0;
        for (int i = 0; i < program.predicted().size(); i++) {
            Node node = program.predicted().get(i);
            boolean isPick = node.op() == Op.LOG_SOFTMAX;
            if (read.contains(node) || !node.op().readsRow()) {
                predicted.add(node);
                gradients.add(program.gradients().get(i));
                if (isPick) {
                    indices.add(program.indices().get(pick));
                }
            }
            pick += isPick ? 1 : 0;
        }
        return new ScalarProgram(program.graph(), predicted, program.given(), program.value(), gradients, indices);
    }

    /** A number of the text that is no loss, in its stable form. In a row loss it reads what is given alone. */
    static ScalarProgram expression(Formula formula, Node value, Map<String, Double> values) {
        Graph graph = new Graph();
        Map<Node, Node> copies = new HashMap<>();
        for (Node node : Walk.reachable(List.of(value))) {
            copies.put(node, copy(graph, node, copies, values, Set.of()));
        }
        List<Node> predicted = formula.predicted().stream()
                .map(Formula.Variable::node)
                .filter(node -> node.op() == Op.INPUT)
                .map(node -> graph.input(node.name()))
                .toList();
        List<Node> given = given(graph, formula, values);
        Node copied = Objects.requireNonNull(copies.get(value));
        List<Node> gradients = Collections.nCopies(predicted.size(), graph.constant(0));
        ScalarProgram program = new ScalarProgram(graph, predicted, given, copied, gradients, List.of());
        return StableForms.at(program, Map.of(), domains(formula, values));
    }

    /** What is given, number by number. */
    private static List<Node> given(Graph graph, Formula formula, Map<String, Double> values) {
        List<Node> given = new ArrayList<>();
        for (Formula.Variable variable : formula.given()) {
            String name = variable.node().name();
            if (variable.node().op() == Op.INPUT) {
                given.add(graph.input(name));
            }
            int length = (int) Bound.value(variable.length(), values);
            for (int i = 0; i < length; i++) {
                given.add(graph.input(Node.inRow(name, i)));
            }
        }
        return given;
    }

    /** What parameters and targets may be. A range that a free parameter sets is unknown. */
    static Map<String, Domain> domains(Formula formula, Map<String, Double> values) {
        Map<String, Domain> domains = new HashMap<>();
        formula.parameters().forEach(p -> domains.put(p.name(), new Domain(p.min(), p.max(), p.integer())));
        formula.states()
                .forEach(state -> domains.put(
                        state.name(),
                        new Domain(state.declared().min(), state.declared().max())));
        Stream.concat(formula.entries().stream(), formula.indexEntries().stream())
                .forEach(entry -> domains.put(entry.name(), domains.getOrDefault(entry.parameter(), Domain.ANY)));
        for (Formula.Variable given : formula.given()) {
            double min = Bound.value(given.min(), values);
            double max = Bound.value(given.max(), values);
            if (min <= max) {
                domains.put(given.node().name(), new Domain(min, max, given.integer()));
            }
        }
        return domains;
    }

    private static Node copy(
            Graph graph, Node node, Map<Node, Node> copies, Map<String, Double> values, Set<String> differing) {
        return switch (node.op()) {
            case CONSTANT -> graph.constant(node.value());
            case INPUT -> graph.input(node.name());
            case ROW -> graph.row(node.name());
            case INDEX -> graph.index(node.name());
            case PARAMETER -> {
                Double value = values.get(node.name());
                yield value == null ? graph.parameter(node.name()) : graph.constant(value);
            }
            case ENTRY -> {
                Formula.Entry entry = Formula.Entry.of(node);
                yield differing.contains(entry.parameter())
                        ? graph.input(entry.name())
                        : Objects.requireNonNull(copies.get(node.operand(0)));
            }
            default ->
                graph.apply(
                        node.op(),
                        node.operands().stream()
                                .map(operand -> Objects.requireNonNull(copies.get(operand)))
                                .toList());
        };
    }

    private static List<Node> rowOperations(Node value) {
        return Walk.reachable(List.of(value)).stream()
                .filter(node -> node.op().readsRow())
                .toList();
    }
}
