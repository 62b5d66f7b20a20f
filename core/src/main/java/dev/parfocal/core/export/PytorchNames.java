package dev.parfocal.core.export;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.language.Formula;
import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Parameter;
import dev.parfocal.core.loss.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the inputs, parameters and states of a loss are called in Python. */
final class PytorchNames {

    private final Loss loss;
    private final List<String> predicted;
    private final List<String> given;
    private final List<State> states;
    private final List<Parameter> adjustable;
    private final List<Formula.Entry> entries;
    private final boolean isRow;

    PytorchNames(Loss loss) {
        predicted = loss.predicted().stream()
                .map(Input::name)
                .map(Identifiers.PYTHON::of)
                .toList();
        this.loss = loss;
        given = loss.declaredGiven().stream()
                .map(Input::name)
                .map(Identifiers.PYTHON::of)
                .toList();
        states = loss.states();
        entries = loss.entries();
        isRow = loss.kind() == Kind.ROW;
        String rowParameter = loss.rowParameter().orElse("");
        adjustable = loss.parameters().stream()
                .filter(parameter -> !parameter.name().equals(rowParameter))
                .toList();
    }

    List<String> predicted() {
        return predicted;
    }

    List<String> given() {
        return given;
    }

    /** What is of the shape of one number for each row. */
    String ofRow() {
        return loss.declaredGiven().stream()
                .filter(input -> !input.isRow())
                .findFirst()
                .map(input -> Identifiers.PYTHON.of(input.name()))
                .orElse(predicted.get(0) + "[..., 0]");
    }

    /** The parameters that the module's constructor takes: all but the length of a row. */
    List<Parameter> adjustable() {
        return adjustable;
    }

    /** Whether the module takes a value for each class: in a row loss for the class that one given input names. */
    boolean isPerClass(Parameter parameter) {
        return parameter.perClass() && (!isRow || entries(parameter).size() == 1);
    }

    private List<Formula.Entry> entries(Parameter parameter) {
        return entries.stream()
                .filter(entry -> entry.parameter().equals(parameter.name()))
                .toList();
    }

    String of(Parameter parameter) {
        return Identifiers.PYTHON.of(parameter.name());
    }

    /** The names of the states, and of the parameters if the function takes them. */
    Stream<String> numbers(boolean parameters) {
        return Stream.concat(
                states.stream().map(state -> Identifiers.PYTHON.of(state.name())),
                parameters ? adjustable.stream().map(this::of) : Stream.of());
    }

    /** The module's attributes for the same, each after a comma. */
    String attributes(boolean parameters) {
        return Stream.concat(
                        states.stream().map(state -> ", self.state_" + state.name()),
                        parameters ? adjustable.stream().map(this::attribute) : Stream.of())
                .collect(Collectors.joining());
    }

    private String attribute(Parameter parameter) {
        String own = "self.parameter_" + parameter.name();
        return isRow && isPerClass(parameter)
                ? ", _of_class(" + own + ", "
                        + Identifiers.PYTHON.of(entries(parameter).get(0).input()) + ")"
                : ", " + own;
    }

    /** The leaves of a program by their nodes; {@code picks} are what its row operations are called. */
    Map<Node, String> leaves(ScalarProgram program, List<String> picks) {
        Map<Node, String> leaves = new HashMap<>();
        for (int i = 0; i < program.predicted().size(); i++) {
            Node node = program.predicted().get(i);
            leaves.put(node, node.op() == Op.INPUT ? predicted.get(i) : picks.get(i));
        }
        int place = 0;
        for (int i = 0; i < given.size(); i++) {
            Input input = loss.declaredGiven().get(i);
            if (!input.isRow()) {
                leaves.put(program.given().get(place), given.get(i));
            }
            place += Math.max(1, input.length());
        }
        program.arguments().forEach(node -> leaves.put(node, Identifiers.PYTHON.of(node.name())));
        return leaves;
    }
}
