package dev.parfocal.core.language;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.Walk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the nodes of a formula: checks types and size, and knows of each node what it depends on. */
final class Builder {

    /** The most nodes that a formula may have: no published loss has 200, and a compiled kernel has a limit of its own. */
    static final int MAX_NODES = 2_000;

    private static final Set<Op> KEEP_WHOLE =
            Set.of(Op.ADD, Op.SUBTRACT, Op.MULTIPLY, Op.NEGATE, Op.MIN, Op.MAX, Op.ABS, Op.STOP_GRADIENT);

    /** Where a loss has its classes. */
    enum Classes {
        /** Each logit is one of a class. */
        OF_LOGITS,
        /** The class of a row is given. */
        GIVEN,
        /** Boxes have none. */
        NONE
    }

    private final Source source;
    private final Graph graph = new Graph();
    private final Set<Node> whole = new HashSet<>();
    private final Set<Node> predicted = new HashSet<>();
    private final Set<Node> perClass = new HashSet<>();
    private Classes classes = Classes.OF_LOGITS;
    private @Nullable Node classOfRow;
    private final List<Formula.Pick> picks = new ArrayList<>();
    private final List<Formula.Pick> temperatures = new ArrayList<>();

    Builder(Source source) {
        this.source = source;
    }

    Graph graph() {
        return graph;
    }

    /** Where rows are read, so far. */
    List<Formula.Pick> picks() {
        return picks;
    }

    /** The temperatures of divergences, so far. */
    List<Formula.Pick> temperatures() {
        return temperatures;
    }

    Node constant(double value) {
        Node node = graph.constant(value);
        if (value == Math.rint(value)) {
            whole.add(node);
        }
        return node;
    }

    Node parameter(String name, boolean integer, boolean differs) {
        Node node = leaf(graph.parameter(name), integer, false);
        if (differs) {
            perClass.add(node);
        }
        return node;
    }

    /** Says where the loss has its classes. */
    void setClasses(Classes where) {
        classes = where;
    }

    /** Whether a node is a parameter that may differ from class to class. */
    boolean isPerClass(Node node) {
        return perClass.contains(node);
    }

    /** A name as it stands; a parameter that differs from class to class is that of the logit's class. */
    Term named(Node node, int start) {
        if (isPerClass(node) && classes != Classes.OF_LOGITS) {
            String name = node.name();
            throw source.error(
                    start,
                    classes == Classes.NONE
                            ? "a loss of boxes knows no classes: declare 'param " + name + " = …' without [class]"
                            : "say of which class: " + name + "[label], with the class among the given inputs");
        }
        return new Term(node, start);
    }

    /** A parameter's value for a class that is given: {@code margin[label]}. */
    Term entry(Term parameter, Term index) {
        Node node = parameter.node();
        if (!isPerClass(node)) {
            boolean row = node.op() == Op.ROW;
            throw source.error(
                    parameter.start(),
                    row
                            ? "a row is read by log_softmax(" + node.name() + ", i) and expectation(" + node.name()
                                    + ")"
                            : "only a parameter that is declared for each class has an index: param x[class] = …");
        }
        if (classes != Classes.GIVEN) {
            throw source.error(
                    parameter.start(),
                    "without an index '" + node.name() + "' is the value for the logit's class; write " + node.name());
        }
        Node at = index.node();
        if (at.op() != Op.INDEX && !at.equals(classOfRow)) {
            throw source.error(
                    index.start(),
                    classOfRow == null
                            ? "the class must be given, as a whole number: " + node.name()
                                    + "[label] with label in [0, classes - 1] integer"
                            : "the class of a row is '" + classOfRow.name()
                                    + "', the first whole number that is given; write " + node.name() + "["
                                    + classOfRow.name() + "]");
        }
        return made(Op.ENTRY, parameter.start(), List.of(parameter, index));
    }

    Node given(String name, boolean integer) {
        Node node = leaf(graph.input(name), integer, false);
        if (integer && classOfRow == null) {
            classOfRow = node;
        }
        return node;
    }

    Node givenRow(String name) {
        return leaf(graph.row(name), false, false);
    }

    Node predicted(String name, boolean row) {
        return leaf(row ? graph.row(name) : graph.input(name), false, true);
    }

    private Node leaf(Node node, boolean integer, boolean isPredicted) {
        if (integer) {
            whole.add(node);
        }
        if (isPredicted) {
            predicted.add(node);
        }
        return node;
    }

    /** Whether a node is a whole number whatever its inputs. */
    boolean isWhole(Node node) {
        return whole.contains(node);
    }

    /** Applies an operation to terms that must be numbers, or conditions for AND, OR and NOT. */
    Term apply(Op op, String shown, int start, List<Term> operands) {
        Op.Type wanted = op == Op.AND || op == Op.OR || op == Op.NOT ? Op.Type.BOOLEAN : Op.Type.NUMBER;
        operands.forEach(operand -> require(operand, wanted, shown));
        return made(op, start, operands);
    }

    Term select(Term condition, Term yes, Term no) {
        require(condition, Op.Type.BOOLEAN, "?");
        require(yes, Op.Type.NUMBER, "?:");
        require(no, Op.Type.NUMBER, "?:");
        return made(Op.SELECT, condition.start(), List.of(condition, yes, no));
    }

    /** Applies a function to arguments whose number is right. */
    Term call(Function function, int start, List<Term> arguments) {
        List<Op.Type> wanted = function.arguments();
        boolean fromUniform =
                function.op() == Op.KL_DIVERGENCE && arguments.get(0).node().isConstant(0);
        for (int i = fromUniform ? 1 : 0; i < arguments.size(); i++) {
            require(arguments.get(i), wanted.get(Math.min(i, wanted.size() - 1)), function.name());
        }
        if (function.op() == Op.KL_DIVERGENCE) {
            if (!fromUniform) {
                requireRow(arguments.get(0), false);
            }
            requireRow(arguments.get(1), true);
            requireTemperature(arguments.get(2));
        } else if (function.op().readsRow()) {
            requireRow(arguments.get(0), true);
        }
        if (function.op() == Op.LOG_SOFTMAX) {
            requireIndex(arguments.get(1));
        }
        Term result = made(
                function.op(),
                start,
                arguments.subList(0, Math.min(arguments.size(), function.op().arity())));
        for (int i = 2; function.many() && i < arguments.size(); i++) {
            result = made(function.op(), start, List.of(result, arguments.get(i)));
        }
        return result;
    }

    /** The index of an expectation, a whole number from 0. */
    Node index(String name) {
        return leaf(graph.index(name), true, false);
    }

    /** The expectation of a function of the index under a row's softmax. */
    Term expectation(int start, Term row, Term function) {
        require(row, Op.Type.ROW, "expectation");
        requireRow(row, true);
        require(function, Op.Type.NUMBER, "expectation");
        if (predicted.contains(function.node())) {
            throw source.error(
                    function.start(),
                    "what the expectation is taken of may read the index, what is given and parameters, but nothing"
                            + " predicted");
        }
        return made(Op.EXPECTATION_OF, start, List.of(row, function));
    }

    void require(Term term, Op.Type wanted, String user) {
        Op.Type found = term.node().op().type();
        if (found == wanted) {
            return;
        }
        throw source.error(
                term.start(),
                "'" + user + "' needs " + kind(wanted) + ", but this is " + kind(found) + "; " + advice(found, wanted));
    }

    private static String kind(Op.Type type) {
        return switch (type) {
            case NUMBER -> "a number";
            case BOOLEAN -> "a condition";
            case ROW -> "a row";
        };
    }

    private static String advice(Op.Type found, Op.Type wanted) {
        if (wanted == Op.Type.ROW) {
            return "give it the row itself";
        }
        return switch (found) {
            case ROW ->
                "only log_softmax(row, index), expectation(row) and kl_divergence(given, row, temperature) read a row";
            case BOOLEAN -> "write (condition ? 1 : 0), or join comparisons with 'and'";
            case NUMBER -> "compare it with something: x > 0";
        };
    }

    private void requireRow(Term row, boolean isPredicted) {
        if (predicted.contains(row.node()) != isPredicted) {
            String name = row.node().name();
            throw source.error(
                    row.start(),
                    isPredicted
                            ? "'" + name + "' is given: only kl_divergence(" + name
                                    + ", s, temperature) reads a given row," + " as its first argument"
                            : "'" + name
                                    + "' is predicted: kl_divergence reads the given row first, then the predicted one,"
                                    + " then the temperature");
        }
    }

    private void requireTemperature(Term temperature) {
        Node node = temperature.node();
        if (Walk.reachable(List.of(node)).stream().anyMatch(this::isPerClass)) {
            throw source.error(temperature.start(), "the temperature cannot differ from class to class");
        }
        if (!Bound.isBound(node)) {
            throw source.error(
                    temperature.start(),
                    "the temperature must be a number, or sums and products of numbers and parameters");
        }
        temperatures.add(new Formula.Pick(node, temperature.start()));
    }

    private void requireIndex(Term index) {
        if (predicted.contains(index.node())) {
            throw source.error(index.start(), "the index of log_softmax must not depend on what is predicted");
        }
        if (!whole.contains(index.node())) {
            throw source.error(
                    index.start(),
                    "the index of log_softmax must be a whole number; write floor(…), or declare the input 'integer'");
        }
        picks.add(new Formula.Pick(index.node(), index.start()));
    }

    private Term made(Op op, int start, List<Term> operands) {
        List<Node> nodes = operands.stream().map(Term::node).toList();
        Node node = graph.apply(op, nodes);
        if (graph.size() > MAX_NODES) {
            throw source.error(
                    start, "the formula is too large: more than " + MAX_NODES + " different sub-expressions");
        }
        List<Node> values = op == Op.SELECT ? nodes.subList(1, 3) : nodes;
        boolean keeps = KEEP_WHOLE.contains(op) || op == Op.SELECT;
        if (op == Op.FLOOR || op == Op.SIGN || keeps && whole.containsAll(values)) {
            whole.add(node);
        }
        if (nodes.stream().anyMatch(predicted::contains)) {
            predicted.add(node);
        }
        return new Term(node, start);
    }
}
