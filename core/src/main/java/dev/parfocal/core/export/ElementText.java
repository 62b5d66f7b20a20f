package dev.parfocal.core.export;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.kernel.FunctionText;
import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.KernelFormulas;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The functions of one element in C, and what calls them: C and CUDA have the same text here. */
final class ElementText {

    private final Loss loss;
    private final String name;
    private final KernelFormulas formulas;
    private final List<String> predicted;
    private final List<String> given;
    private final List<String> states;
    private final List<String> functions = new ArrayList<>();

    ElementText(Loss loss) {
        this.loss = loss;
        name = "parfocal_" + loss.name();
        Set<String> free = loss.states().stream().map(State::name).collect(Collectors.toSet());
        formulas = KernelFormulas.weighted(loss, free, Set.of());
        predicted = names(loss.predicted().stream().map(Input::name).toList());
        given = names(loss.given().stream().map(Input::name).toList());
        states = names(loss.states().stream().map(State::name).toList());
    }

    private static List<String> names(List<String> names) {
        return names.stream().map(Identifiers.C::of).toList();
    }

    String name() {
        return name;
    }

    List<String> predicted() {
        return predicted;
    }

    List<String> given() {
        return given;
    }

    List<String> states() {
        return states;
    }

    KernelFormulas formulas() {
        return formulas;
    }

    /** The functions, and the body of the one that computes an element by them. */
    Map<String, String> places() {
        List<String> body;
        if (formulas instanceof KernelFormulas.Pointwise pointwise) {
            body = pointwise(pointwise);
        } else if (formulas instanceof KernelFormulas.Boxes boxes) {
            body = boxes(boxes);
        } else {
            body = new RowText((KernelFormulas.Rows) formulas, this).body();
        }
        Map<String, String> places = new HashMap<>();
        places.put("FUNCTIONS", String.join("\n", functions));
        places.put("ELEMENT", String.join("\n", body));
        return places;
    }

    private List<String> pointwise(KernelFormulas.Pointwise pointwise) {
        function("_whole", pointwise.whole(), List.of("gradient", "value"));
        String whole = call("_whole", pointwise.whole(), "gradient", "&value") + ";";
        if (given.isEmpty()) {
            return List.of("    " + whole);
        }
        function("_background", pointwise.background(), List.of("gradient", "value"));
        String isBackground =
                given.stream().map(each -> "pf_bits(" + each + ") == 0u").collect(Collectors.joining(" && "));
        return List.of(
                "    if (" + isBackground + ") {",
                "        " + call("_background", pointwise.background(), "gradient", "&value") + ";",
                "    } else {",
                "        " + whole,
                "    }");
    }

    private List<String> boxes(KernelFormulas.Boxes boxes) {
        List<String> outputs =
                predicted.stream().map(each -> "gradient_" + each).collect(Collectors.toCollection(ArrayList::new));
        outputs.add("value");
        function("_program", boxes.program(), outputs);
        List<String> inputs = new ArrayList<>();
        IntStream.range(0, predicted.size()).forEach(i -> inputs.add("predicted[" + i + "]"));
        IntStream.range(0, given.size()).forEach(i -> inputs.add("target[" + i + "]"));
        inputs.add("weight");
        inputs.addAll(arguments(boxes.program()));
        IntStream.range(0, predicted.size()).forEach(i -> inputs.add("&gradient[" + i + "]"));
        inputs.add("&value");
        return List.of("    " + name + "_program(" + String.join(", ", inputs) + ");");
    }

    /** Writes a function of a formula; its inputs and arguments have the names of its nodes. */
    void function(String suffix, Formula formula, List<String> outputs) {
        function(suffix, formula, inputs(formula), outputs);
    }

    /** Writes a function of a formula whose inputs have other names. */
    void function(String suffix, Formula formula, List<String> inputs, List<String> outputs) {
        functions.addAll(FunctionText.lines(name + suffix, formula, inputs, arguments(formula), outputs));
        functions.add("");
    }

    /** The lines of a function of a formula whose inputs and arguments have the names of its nodes. */
    List<String> lines(String suffix, Formula formula, List<String> outputs) {
        return FunctionText.lines(name + suffix, formula, inputs(formula), arguments(formula), outputs);
    }

    private String call(String suffix, Formula formula, String... outputs) {
        List<String> all = new ArrayList<>(inputs(formula));
        all.addAll(arguments(formula));
        all.addAll(List.of(outputs));
        return name + suffix + "(" + String.join(", ", all) + ")";
    }

    private static List<String> inputs(Formula formula) {
        return formula.inputs().stream().map(ElementText::identifier).toList();
    }

    /** What a formula's arguments are called. */
    static List<String> arguments(Formula formula) {
        return formula.arguments().stream().map(ElementText::identifier).toList();
    }

    /** The weight and the scale have names in parentheses, which no loss can have. */
    private static String identifier(Node node) {
        String own = node.name();
        return own.startsWith("(") ? own.substring(1, own.length() - 1) : Identifiers.C.of(own.replace(' ', '_'));
    }

    Loss loss() {
        return loss;
    }
}
