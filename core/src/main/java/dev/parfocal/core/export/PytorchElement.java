package dev.parfocal.core.export;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.NamedProgram;
import dev.parfocal.core.loss.Parameter;
import dev.parfocal.core.loss.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The functions of Python that compute values and gradients: with the parameters as exported, and with any others. */
final class PytorchElement {

    private final Loss loss;
    private final PytorchNames names;

    PytorchElement(Loss loss, PytorchNames names) {
        this.loss = loss;
        this.names = names;
    }

    String functions() {
        String exported = function("_element", false);
        return names.adjustable().isEmpty() ? exported : exported + function("_element_with", true);
    }

    private String function(String function, boolean parameters) {
        Set<String> free = Stream.concat(
                        loss.states().stream().map(State::name),
                        parameters ? names.adjustable().stream().map(Parameter::name) : Stream.of())
                .collect(Collectors.toSet());
        NamedProgram named = loss.named(free);
        return loss.kind() == Kind.ROW ? row(function, named, parameters) : scalar(function, named, parameters);
    }

    private String scalar(String function, NamedProgram named, boolean parameters) {
        boolean box = loss.kind() == Kind.BOX;
        List<String> inputs = new ArrayList<>(box ? List.of("predicted", "target") : names.predicted());
        if (!box) {
            inputs.addAll(names.given());
        }
        names.numbers(parameters).forEach(inputs::add);
        List<String> lines = new ArrayList<>(List.of(
                "",
                "",
                "def " + function + "(" + String.join(", ", inputs) + "):",
                "    \"\"\"The loss of each " + (box ? "box" : "element")
                        + ", and its derivative by what is predicted.\"\"\""));
        if (box) {
            lines.add("    " + String.join(", ", names.predicted()) + " = predicted.unbind(-1)");
            lines.add("    " + String.join(", ", names.given()) + " = target.unbind(-1)");
        }
        ScalarProgram program = named.program();
        PythonText text = new PythonText(
                names.leaves(program, List.of()),
                named.names(),
                names.predicted().get(0));
        text.write(results(program));
        text.lines().forEach(line -> lines.add("    " + line));
        String gradients = program.gradients().stream().map(text::tensor).collect(Collectors.joining(", "));
        lines.add("    return " + text.tensor(program.value()) + ", "
                + (box ? "torch.stack((" + gradients + "), -1)" : gradients));
        return String.join("\n", lines) + "\n";
    }

    private static List<Node> results(ScalarProgram program) {
        List<Node> results = new ArrayList<>(program.gradients());
        results.add(program.value());
        return results;
    }

    private String row(String function, NamedProgram named, boolean parameters) {
        ScalarProgram program = named.program();
        List<String> picks = IntStream.range(0, program.predicted().size())
                .mapToObj(i -> switch (program.predicted().get(i).op()) {
                    case EXPECTATION -> "_expected";
                    case KL_DIVERGENCE -> "_divergence" + i;
                    default -> "_log_p" + i;
                })
                .toList();
        PythonText text = new PythonText(
                names.leaves(program, picks), named.names(), names.predicted().get(0) + "[..., 0]");
        text.write(program.indices());
        program.predicted().stream()
                .filter(node -> node.op() == Op.KL_DIVERGENCE)
                .forEach(node -> text.write(List.of(node.operand(2))));
        return Template.filled("element_rows.py", rowPlaces(function, program, picks, text, parameters));
    }

    private Map<String, String> rowPlaces(
            String function, ScalarProgram program, List<String> picks, PythonText text, boolean parameters) {
        String row = names.predicted().get(0);
        List<String> inputs = new ArrayList<>(names.predicted());
        inputs.addAll(names.given());
        names.numbers(parameters).forEach(inputs::add);
        List<String> lines = new ArrayList<>(text.lines());
        List<String> pulls = new ArrayList<>();
        List<String> slopes = new ArrayList<>();
        int index = 0;
        for (int i = 0; i < picks.size(); i++) {
            String pull = "_pull" + i;
            if (program.predicted().get(i).op() == Op.EXPECTATION) {
                lines.add("_expected = (softmax * bins).sum(-1)");
                pulls.add("push = push + " + pull + ".unsqueeze(-1) * (bins - _expected.unsqueeze(-1))");
                continue;
            }
            if (program.predicted().get(i).op() == Op.KL_DIVERGENCE) {
                Node divergence = program.predicted().get(i);
                lines.add("_divergence" + i + ", _slope" + i + " = _kl_divergence("
                        + (divergence.operand(0).op() == Op.ROW
                                ? Identifiers.PYTHON.of(divergence.operand(0).name())
                                : "torch.zeros_like(" + row + ")")
                        + ", " + row + ", "
                        + text.text(divergence.operand(2)) + ")");
                slopes.add(" + " + pull + ".unsqueeze(-1) * _slope" + i);
                continue;
            }
            lines.add("_at" + i + " = torch.clamp(_full("
                    + text.text(program.indices().get(index++)) + ", " + row
                    + "[..., 0]), 0, bins.numel() - 1).long().unsqueeze(-1)");
            lines.add("_log_p" + i + " = torch.clamp(" + row + ".gather(-1, _at" + i
                    + ") - largest - torch.log1p(others), min=-3.4028234663852886e38).squeeze(-1)");
            pulls.add("own = own.scatter_add(-1, _at" + i + ", " + pull + ".unsqueeze(-1))");
            pulls.add("push = push - " + pull + ".unsqueeze(-1)");
        }
        int written = text.lines().size();
        text.write(results(program));
        lines.addAll(text.lines().subList(written, text.lines().size()));
        for (int i = 0; i < picks.size(); i++) {
            lines.add("_pull" + i + " = " + text.tensor(program.gradients().get(i)));
        }
        lines.add("value = " + text.tensor(program.value()));
        Map<String, String> places = new HashMap<>();
        places.put("FUNCTION", function);
        places.put("PARAMETERS", String.join(", ", inputs));
        places.put("ROW", row);
        places.put("BINS", Integer.toString(loss.predicted().get(0).length()));
        places.put("PROGRAM", indented(lines));
        places.put("PULLS", indented(pulls));
        places.put("SLOPES", String.join("", slopes));
        return places;
    }

    private static String indented(List<String> lines) {
        return lines.stream().map(line -> "    " + line).collect(Collectors.joining("\n"));
    }
}
