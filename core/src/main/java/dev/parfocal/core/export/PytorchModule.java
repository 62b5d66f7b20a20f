package dev.parfocal.core.export;

import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Parameter;
import dev.parfocal.core.loss.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A loss as a module of PyTorch in one file. */
final class PytorchModule {

    private final Loss loss;
    private final PytorchNames names;
    private final Map<String, String> places = new HashMap<>();

    private PytorchModule(Loss loss) {
        this.loss = loss;
        names = new PytorchNames(loss);
    }

    static String of(Loss loss, String version) {
        PytorchModule module = new PytorchModule(loss);
        module.places.put("ORIGIN", String.join("\n", Origin.lines(loss, version, "#")));
        module.fill();
        return Template.filled("module.py", module.places);
    }

    private void fill() {
        places.put("CLASS", className());
        places.put("LOGIT", names.predicted().get(0));
        places.put("BINS", Integer.toString(loss.predicted().get(0).length()));
        places.put("WIDTH", Integer.toString(loss.predicted().size()));
        places.put("TARGET_WIDTH", Integer.toString(loss.given().size()));
        places.put("PREDICTED_NAMES", String.join(", ", names.predicted()));
        places.put("GIVEN_NAMES", String.join(", ", names.given()));
        places.put("GIVEN", names.given().stream().map(name -> ", " + name).collect(Collectors.joining()));
        places.put("GIVEN_SHAPES", givenShapes());
        places.put("SUMMARY", quoted(loss.summary()));
        places.put("DOCUMENTATION", documentation());
        places.put("PARAMETERS", parameters());
        places.put("ARGUMENTS", arguments());
        places.put("KEYWORDS", keywords());
        places.put("CONSTRUCTOR", constructor());
        places.put("NORMALIZER", loss.recipe().normalizer().meaning());
        places.put("UPSTREAM", loss.kind() == Kind.POINTWISE ? "" : "        upstream = upstream.unsqueeze(-1)\n");
        places.put("ELEMENT", new PytorchElement(loss, names).functions());
        places.put("HELPERS", helpers(places.get("ELEMENT") + places.get("CONSTRUCTOR")));
        places.putAll(new PytorchRecipe(loss, names).places());
        places.put(
                "MOVE",
                loss.states().isEmpty()
                        ? ""
                        : "        if self.training:\n            self._move(" + inputs() + ", weight)\n");
        places.put("FORWARD", forward());
    }

    /** Those functions of helpers.py that a text calls. */
    private static String helpers(String text) {
        return Arrays.stream(Template.filled("helpers.py", Map.of()).split("\n\n\n", -1))
                .filter(helper -> text.contains(helper.substring("def ".length(), helper.indexOf('(') + 1)))
                .map(helper -> helper.strip() + "\n\n\n")
                .collect(Collectors.joining());
    }

    private String className() {
        return Arrays.stream(loss.name().split("_", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private String inputs() {
        return loss.kind() == Kind.BOX
                ? "predicted, target"
                : names.predicted().get(0)
                        + names.given().stream().map(name -> ", " + name).collect(Collectors.joining());
    }

    private String givenShapes() {
        String shape = loss.kind() == Kind.POINTWISE ? "of the same shape" : "[...]";
        return loss.declaredGiven().stream()
                .map(input -> ". " + Identifiers.PYTHON.of(input.name()) + ": "
                        + (input.isRow() ? "of the same shape" : shape) + ", " + input.range())
                .collect(Collectors.joining());
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    }

    private String documentation() {
        List<String> lines = new ArrayList<>();
        lines.add(loss.summary());
        lines.add("");
        loss.text()
                .strip()
                .lines()
                .dropWhile(line -> line.startsWith("#"))
                .forEach(line -> lines.add(line.isBlank() ? "" : "    " + line));
        if (!loss.paper().isEmpty()) {
            lines.add("");
            lines.addAll(loss.paper());
        }
        lines.add("");
        lines.add(
                "Value and gradient are computed together, by the derivative of this formula in a form that does not");
        lines.add("overflow or cancel: in double for double, else in float32, and the loss is float32 then.");
        return "\"\"\"" + quoted(String.join("\n", lines)) + "\n\"\"\"";
    }

    private String parameters() {
        return loss.parameters().stream()
                .map(each -> "\"" + each.name() + "\": " + PythonText.number(loss.parameter(each.name())))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private String arguments() {
        List<String> lines = new ArrayList<>();
        for (Parameter parameter : names.adjustable()) {
            lines.add("    " + names.of(parameter) + ": " + quoted(parameter.meaning()) + ", in " + parameter.range()
                    + "; "
                    + PythonText.number(loss.parameter(parameter.name())) + " if not given"
                    + (names.isPerClass(parameter) ? ", or a tensor with a value for each class." : "."));
        }
        for (State state : loss.states()) {
            lines.add("    The buffer state_" + state.name() + " is kept between batches: " + quoted(state.meaning())
                    + ". It moves in training mode.");
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private String keywords() {
        return ", *"
                + names.adjustable().stream()
                        .map(parameter -> ", " + names.of(parameter) + "=None")
                        .collect(Collectors.joining());
    }

    private String constructor() {
        List<String> lines = new ArrayList<>();
        if (!names.adjustable().isEmpty()) {
            String none = names.adjustable().stream()
                    .map(parameter -> names.of(parameter) + " is None")
                    .collect(Collectors.joining(" and "));
            lines.add("        self.as_exported = " + none);
        }
        for (Parameter parameter : names.adjustable()) {
            String name = names.of(parameter);
            lines.add("        self._keep(\"" + parameter.name() + "\", _checked(\"" + parameter.name() + "\", " + name
                    + ", " + PythonText.number(parameter.min()) + ", " + PythonText.number(parameter.max())
                    + (names.isPerClass(parameter) ? ", True))" : ", False))"));
        }
        for (State state : loss.states()) {
            lines.add("        self.register_buffer(\"state_" + state.name() + "\", torch.tensor("
                    + PythonText.number(loss.parameter(state.name())) + ", dtype=torch.float32))");
        }
        if (!names.adjustable().isEmpty()) {
            lines.add("");
            lines.add("    def _keep(self, name, value):");
            lines.add("        if isinstance(value, torch.Tensor):");
            lines.add("            self.register_buffer(\"parameter_\" + name, value, persistent=False)");
            lines.add("        else:");
            lines.add("            setattr(self, \"parameter_\" + name, value)");
        }
        lines.add("");
        lines.add("    def _values(self, " + inputs() + "):");
        if (!names.adjustable().isEmpty()) {
            lines.add("        if not self.as_exported:");
            lines.add("            return _Function.apply(_element_with, " + inputs() + names.attributes(true) + ")");
        }
        lines.add("        return _Function.apply(_element, " + inputs() + names.attributes(false) + ")");
        if (!loss.states().isEmpty()) {
            lines.add("");
            lines.addAll(new PytorchState(loss, names, inputs()).move());
        }
        return String.join("\n", lines);
    }

    private String forward() {
        String resource = switch (loss.kind()) {
            case POINTWISE -> "pointwise.py";
            case ROW -> "rows.py";
            case BOX -> "boxes.py";
        };
        return Template.filled(resource, places).stripTrailing();
    }
}
