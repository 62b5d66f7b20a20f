package dev.parfocal.cli.command;

import dev.parfocal.cli.text.TextTable;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.loss.Loss;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parfocal losses}. */
@Command(
        name = "losses",
        description = {
            "List the losses of the catalogue as a table.",
            "",
            "The columns are name, kind, parameters with their defaults, recipe and paper. The kind says what a loss reads. A pointwise loss reads one logit and what is given for it, a row loss a row "
                    + "of logits, a box loss two boxes. The recipe is how the loss is meant to be trained with: what its sum "
                    + "over a batch is divided by, and the prior probability that the last layer's bias starts at."
        },
        footer = {
            "Examples:",
            "  parfocal losses                 the table",
            "  parfocal show focal             everything about one of them"
        })
public final class LossesCommand implements Runnable {

    private static final Pattern YEAR = Pattern.compile("\\b(19|20)\\d\\d(?=[,.])");
    private static final Pattern ARXIV = Pattern.compile("arXiv[: ]\\d{4}\\.\\d{4,5}");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        TextTable table = new TextTable("name", "kind", "parameters", "recipe", "paper");
        for (Loss loss : Catalogue.all()) {
            table.row(loss.name(), kind(loss), parameters(loss), recipe(loss), paper(loss));
        }
        spec.commandLine().getOut().print(table);
    }

    private static String kind(Loss loss) {
        return loss.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String parameters(Loss loss) {
        return loss.parameters().stream()
                .map(parameter -> parameter.name() + " " + Numbers.shown(parameter.defaultValue()))
                .collect(Collectors.joining(", "));
    }

    /** The recipe in a few words: {@code by positives, prior 0.01}. */
    static String recipe(Loss loss) {
        var recipe = loss.recipe();
        StringBuilder text = new StringBuilder("by ").append(recipe.normalizer().keyword());
        recipe.prior().ifPresent(prior -> text.append(", prior ").append(Numbers.shown(prior)));
        if (recipe.weight() != 1) {
            text.append(", weight ").append(Numbers.shown(recipe.weight()));
        }
        return text.toString();
    }

    /** A source in short: first author, year, number on arXiv. */
    private static String paper(Loss loss) {
        if (loss.paper().isEmpty()) {
            return "";
        }
        String source = loss.paper().get(0);
        String author = source.split("[ ,:]", 2)[0];
        return Stream.of(Optional.of(author), first(YEAR, source), first(ARXIV, source))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
