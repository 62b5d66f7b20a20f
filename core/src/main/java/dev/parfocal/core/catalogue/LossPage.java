package dev.parfocal.core.catalogue;

import dev.parfocal.core.language.Formula;
import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Parameter;
import dev.parfocal.core.loss.Recipe;
import dev.parfocal.core.loss.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The documentation of a loss as Markdown: all of it comes from the loss's text. */
public final class LossPage {

    private static final String ROW_GRADIENT =
            "The gradient of logit j follows: from each log_softmax(s, i) its derivative times"
                    + " ((j == i ? 1 : 0) - softmax(s)[j]), from expectation(s) its derivative times"
                    + " softmax(s)[j] * (j - expectation(s)).";

    private final Loss loss;
    private final List<String> lines = new ArrayList<>();

    private LossPage(Loss loss) {
        this.loss = loss;
    }

    /** The page of one loss. */
    public static String of(Loss loss) {
        LossPage page = new LossPage(loss);
        page.write();
        return String.join("\n", page.lines) + "\n";
    }

    /** The page that lists losses by group, with links to their pages. */
    public static String index(Map<Group, List<Loss>> groups) {
        List<String> lines = new ArrayList<>(List.of(
                "# The catalogue",
                "",
                "Every loss is a `.loss` file in the [loss language](../language.md); these pages are"
                        + " generated from them."));
        groups.forEach((group, losses) -> {
            lines.add("");
            lines.add("## " + group.word().substring(0, 1).toUpperCase(Locale.ROOT)
                    + group.word().substring(1) + ": " + group.meaning());
            lines.add("");
            lines.add("| Loss | Kind | Parameters | What it is |");
            lines.add("|---|---|---|---|");
            losses.forEach(loss -> lines.add("| [" + loss.name() + "](" + loss.name() + ".md) | " + kind(loss) + " | "
                    + parameters(loss) + " | " + loss.summary() + " |"));
        });
        return String.join("\n", lines) + "\n";
    }

    private static String kind(Loss loss) {
        return loss.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String parameters(Loss loss) {
        return loss.parameters().stream()
                .map(parameter -> parameter.name() + " = " + Numbers.shown(parameter.defaultValue()))
                .collect(Collectors.joining(", "));
    }

    private void write() {
        lines.add("# " + loss.name());
        paragraph(loss.summary());
        loss.notes().forEach(this::paragraph);
        section("Formula");
        block("loss", formula());
        inputs();
        parameters();
        states();
        recipe();
        examples();
        section("Gradient");
        paragraph("Derived from the formula, in the stable form that kernels are compiled from.");
        block("text", loss.gradientText());
        if (loss.kind() == Kind.ROW) {
            paragraph(ROW_GRADIENT);
        }
        section("Sources");
        lines.add("");
        loss.paper().forEach(paper -> lines.add("- " + paper));
    }

    private void section(String title) {
        paragraph("## " + title);
    }

    private void paragraph(String text) {
        lines.add("");
        lines.add(text);
    }

    private void block(String language, List<String> content) {
        paragraph("```" + language);
        lines.addAll(content);
        lines.add("```");
    }

    /** The text without the comment above it. */
    private List<String> formula() {
        return loss.text()
                .strip()
                .lines()
                .dropWhile(line -> line.startsWith("#"))
                .toList();
    }

    private void inputs() {
        section("Inputs");
        paragraph("| Input | | Range |");
        lines.add("|---|---|---|");
        Stream.concat(
                        loss.predicted().stream().map(input -> input(input, "predicted")),
                        loss.declaredGiven().stream().map(input -> input(input, "given")))
                .forEach(lines::add);
    }

    private static String input(Input input, String role) {
        String name = input.name() + (input.isRow() ? ", a row of " + input.length() : "");
        return "| " + name + " | " + role + " | " + input.range() + " |";
    }

    private void parameters() {
        if (loss.parameters().isEmpty()) {
            return;
        }
        section("Parameters");
        paragraph("| Parameter | Default | Range | Meaning |");
        lines.add("|---|---|---|---|");
        for (Parameter parameter : loss.parameters()) {
            lines.add("| " + parameter.name() + (parameter.perClass() ? "[class]" : "") + " | "
                    + Numbers.shown(parameter.defaultValue()) + " | " + parameter.range() + " | " + parameter.meaning()
                    + " |");
        }
        if (loss.parameters().stream().anyMatch(Parameter::perClass)) {
            paragraph(
                    "Each class may have its own value where `[class]` stands: `--set NAME=[0.25,0.5]` in the order of"
                            + " the classes, and `perClass` by their names in a run's configuration.");
        }
    }

    private void states() {
        if (loss.states().isEmpty()) {
            return;
        }
        section("State");
        paragraph("Kept between batches, a constant to the gradient, and part of a run's checkpoints.");
        paragraph("| State | At the start | Range | Share of a batch | Meaning |");
        lines.add("|---|---|---|---|---|");
        for (State state : loss.states()) {
            lines.add("| " + state.name() + " | " + Numbers.shown(state.initialValue()) + " | ["
                    + Numbers.shown(state.min()) + ", " + Numbers.shown(state.max()) + "] | "
                    + Numbers.shown(state.momentum()) + " | " + state.meaning() + " |");
        }
    }

    private void recipe() {
        Recipe recipe = loss.recipe();
        section("Recipe");
        lines.add("");
        lines.add("- The sum over a batch is divided by " + recipe.normalizer().meaning() + ".");
        lines.add("- Its weight beside other losses is " + Numbers.shown(recipe.weight()) + ".");
        recipe.prior()
                .ifPresent(
                        prior -> lines.add("- The last layer's bias starts at -log((1 - prior) / prior) with prior = "
                                + Numbers.shown(prior) + "."));
    }

    private void examples() {
        if (loss.examples().isEmpty()) {
            return;
        }
        section("Values");
        paragraph("| Predicted | Given | Loss | |");
        lines.add("|---|---|---|---|");
        for (Formula.Example example : loss.examples()) {
            lines.add("| " + numbers(example.predicted()) + " | " + numbers(example.given()) + " | "
                    + Numbers.shown(example.value()) + " | " + example.meaning() + " |");
        }
    }

    private static String numbers(List<Double> numbers) {
        return numbers.stream().map(Numbers::shown).collect(Collectors.joining(", "));
    }
}
