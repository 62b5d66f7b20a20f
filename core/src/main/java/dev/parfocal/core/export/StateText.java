package dev.parfocal.core.export;

import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.loss.KernelFormulas;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a loss keeps between batches, in C: a struct, and functions that start it and move it on. */
final class StateText {

    /** How a batch is passed: the name, the parameters, how many elements it has, and which of them count. */
    private record Batch(String name, String parameters, String elements, String counts) {}

    private final Loss loss;
    private final ElementText element;
    private final String type;

    StateText(Loss loss, ElementText element) {
        this.loss = loss;
        this.element = element;
        type = element.name() + "_state";
    }

    Map<String, String> places() {
        if (loss.states().isEmpty()) {
            return Map.of(
                    "STATE_TYPE",
                    "",
                    "STATE_PARAMETERS",
                    "",
                    "STATE_VALUES",
                    "",
                    "STATE_POINTER",
                    "",
                    "STATE_FUNCTIONS",
                    "");
        }
        return Map.of(
                "STATE_TYPE", type(),
                "STATE_PARAMETERS", each(element.states(), ", float %s"),
                "STATE_VALUES", each(element.states(), ", (float)state->%s"),
                "STATE_POINTER", ", const " + type + " *state",
                "STATE_FUNCTIONS", functions());
    }

    private static String each(List<String> names, String format) {
        return names.stream().map(name -> format.formatted(name)).collect(Collectors.joining());
    }

    private String type() {
        String starts = IntStream.range(0, loss.states().size())
                .mapToObj(i -> "    state." + element.states().get(i) + " = "
                        + Double.toHexString(loss.parameter(loss.states().get(i).name())) + ";")
                .collect(Collectors.joining("\n"));
        String fields = element.states().stream()
                .map(name -> "    double " + name + ";")
                .collect(Collectors.joining("\n"));
        return Template.filled(
                "state.h", Map.of("TYPE", type, "NAME", element.name(), "FIELDS", fields, "STARTS", starts));
    }

    private String functions() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < loss.states().size(); i++) {
            KernelFormulas.Mean mean = mean(i);
            lines.add("");
            lines.addAll(element.lines("_sum_" + i, mean.sum(), List.of("value")));
            lines.add("");
            lines.addAll(element.lines("_count_" + i, mean.count(), List.of("value")));
        }
        return String.join("\n", lines) + "\n"
                + batches().stream().map(this::next).collect(Collectors.joining());
    }

    private KernelFormulas.Mean mean(int state) {
        return KernelFormulas.Mean.of(loss, loss.states().get(state));
    }

    private List<Batch> batches() {
        String given = each(element.given(), ", const float *%s");
        String classes = "size_t anchors, size_t classes, const float *logits";
        return switch (loss.kind()) {
            case POINTWISE ->
                List.of(
                        new Batch("dense", classes + given, "anchors * classes", "1"),
                        new Batch(
                                "sparse",
                                classes + ", const int *labels, const float *quality",
                                "anchors * classes",
                                "labels[i / classes] != -2"));
            case ROW -> List.of(new Batch("rows", "size_t rows" + given, "rows", "1"));
            case BOX ->
                List.of(new Batch("boxes", "size_t boxes, const float *predicted, const float *target", "boxes", "1"));
        };
    }

    private String next(Batch batch) {
        String means = IntStream.range(0, loss.states().size())
                .mapToObj(i -> mean(i, batch))
                .collect(Collectors.joining());
        return Template.filled(
                "next.h",
                Map.of(
                        "NAME", element.name(),
                        "TYPE", type,
                        "BATCH", batch.name(),
                        "PARAMETERS", batch.parameters(),
                        "MEANS", means.stripTrailing()));
    }

    private String mean(int i, Batch batch) {
        State state = loss.states().get(i);
        return Template.filled(
                "mean.h",
                Map.of(
                        "ELEMENTS", batch.elements(),
                        "COUNTS", batch.counts(),
                        "NAME", element.name(),
                        "NUMBER", Integer.toString(i),
                        "SUM_INPUTS", inputs(mean(i).sum(), batch),
                        "COUNT_INPUTS", inputs(mean(i).count(), batch),
                        "STATE", element.states().get(i),
                        "MOMENTUM", Double.toHexString(state.momentum()),
                        "LEAST", Double.toHexString(state.min()),
                        "MOST", Double.toHexString(state.max())));
    }

    /** What a term reads of element i: what is predicted, unless it is a row, what is given, and the state. */
    private String inputs(Formula term, Batch batch) {
        List<String> inputs = new ArrayList<>();
        if (loss.kind() == Kind.BOX) {
            inputs.addAll(numbers("predicted", element.predicted().size()));
            inputs.addAll(numbers("target", element.given().size()));
        } else {
            if (loss.kind() == Kind.POINTWISE) {
                inputs.add("logits[i]");
            }
            for (int k = 0; k < element.given().size(); k++) {
                inputs.add(
                        batch.name().equals("sparse")
                                ? sparse(k)
                                : element.given().get(k) + "[i]");
            }
        }
        ElementText.arguments(term).forEach(name -> inputs.add("(float)before." + name));
        return String.join(", ", inputs);
    }

    private static List<String> numbers(String array, int width) {
        return IntStream.range(0, width)
                .mapToObj(k -> array + "[i * " + width + " + " + k + "]")
                .toList();
    }

    private String sparse(int given) {
        String number = loss.given().get(given).name().equals("label") ? "1.0f" : "quality[i / classes]";
        return "labels[i / classes] == (int)(i % classes) ? " + number + " : 0.0f";
    }
}
