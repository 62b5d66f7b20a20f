package dev.parfocal.core.export;

import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a loss's recipe divides the sum by, in Python, and the targets that labels stand for. */
final class PytorchRecipe {

    private final Loss loss;
    private final PytorchNames names;

    PytorchRecipe(Loss loss, PytorchNames names) {
        this.loss = loss;
        this.names = names;
    }

    Map<String, String> places() {
        return Map.of("RECIPE", dense(), "SPARSE_RECIPE", sparse(), "SPARSE", targets());
    }

    private String dense() {
        String all = "max(value.numel(), 1)";
        return switch (loss.recipe().normalizer()) {
            case NONE -> "1";
            case ELEMENTS -> all;
            case POSITIVES -> loss.kind() == Kind.POINTWISE ? positives(all) : weighted(all, "(weight != 0).sum()");
            case QUALITY -> loss.kind() == Kind.POINTWISE ? quality() : weighted(all, "weight.sum()");
        };
    }

    private static String weighted(String all, String sum) {
        return all + " if weight is None else _at_least_1(" + sum + ")";
    }

    private String positives(String all) {
        String set = names.given().stream().map(name -> "(" + name + " != 0)").collect(Collectors.joining(" | "));
        return set.isEmpty() ? all : "_at_least_1((" + set + ").sum())";
    }

    private String quality() {
        return names.given().isEmpty()
                ? "1"
                : "_at_least_1(_numbers((" + names.given().get(0) + ",), "
                        + names.predicted().get(0) + ")[0].sum())";
    }

    private String sparse() {
        return switch (loss.recipe().normalizer()) {
            case NONE -> "1";
            case ELEMENTS ->
                "_at_least_1((labels != -2).sum() * " + names.predicted().get(0) + ".shape[-1])";
            case POSITIVES -> "_at_least_1(chosen.sum())";
            case QUALITY -> "_at_least_1(torch.where(labels >= 0, anchors, 0.0).sum())";
        };
    }

    private String targets() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < names.given().size(); i++) {
            String number = loss.declaredGiven().get(i).name().equals("label")
                    ? "chosen.to(anchors.dtype)"
                    : "torch.where(chosen, anchors.unsqueeze(-1), 0.0)";
            lines.add("        " + names.given().get(i) + " = at_label.scatter(-1, place, " + number + ")");
        }
        return String.join("\n", lines);
    }
}
