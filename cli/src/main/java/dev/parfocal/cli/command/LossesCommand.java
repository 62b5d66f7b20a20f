package dev.parfocal.cli.command;

import dev.parfocal.cli.text.TextTable;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.catalogue.Group;
import dev.parfocal.core.language.Names;
import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal losses}. */
@Command(
        name = "losses",
        description = {
            "List the losses of the catalogue as tables, one for each group.",
            "",
            "The columns are name, kind, parameters with their defaults, recipe and paper. The kind says what a loss reads. A pointwise loss reads one logit and what is given for it, a row loss a row "
                    + "of logits, a box loss two boxes. The recipe is how the loss is meant to be trained with: what its sum "
                    + "over a batch is divided by, and the prior probability that the last layer's bias starts at."
        },
        footer = {
            "Examples:",
            "  parfocal losses                 all of them",
            "  parfocal losses --kind rotated  those of one group",
            "  parfocal losses --search tiny   those that speak of tiny objects",
            "  parfocal show focal             everything about one of them"
        })
public final class LossesCommand implements Runnable {

    private static final Pattern YEAR = Pattern.compile("\\b(19|20)\\d\\d(?=[,.])");
    private static final Pattern ARXIV = Pattern.compile("arXiv[: ]\\d{4}\\.\\d{4,5}");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description =
                    "Only a group (classification, boxes, distributions, rotated, counts) or a kind (pointwise, row, box).")
    private @Nullable String kind;

    @Option(
            names = "--search",
            paramLabel = "TEXT",
            description = "Only losses with this text in their name, summary, notes, parameters or sources.")
    private @Nullable String search;

    @Override
    public void run() {
        checkKind();
        PrintWriter out = spec.commandLine().getOut();
        String between = "";
        for (Map.Entry<Group, List<Loss>> group : Catalogue.byGroup().entrySet()) {
            List<Loss> wanted = group.getValue().stream()
                    .filter(loss -> isOfKind(group.getKey(), loss) && isFound(loss))
                    .toList();
            if (!wanted.isEmpty()) {
                out.print(
                        between + group.getKey().word() + ": " + group.getKey().meaning() + System.lineSeparator());
                out.print(table(wanted));
                between = System.lineSeparator();
            }
        }
        if (between.isEmpty()) {
            throw new ParfocalException("no loss of the catalogue has '" + search + "' in its text"
                    + (kind == null ? "" : " and is of the kind " + kind) + "; run parfocal losses for all of them");
        }
    }

    private static TextTable table(List<Loss> losses) {
        TextTable table = new TextTable("name", "kind", "parameters", "recipe", "paper");
        losses.forEach(loss -> table.row(loss.name(), kind(loss), parameters(loss), recipe(loss), paper(loss)));
        return table;
    }

    private void checkKind() {
        List<String> known = Stream.concat(
                        Stream.of(Group.values()).map(Group::word),
                        Stream.of(Kind.values()).map(each -> each.name().toLowerCase(Locale.ROOT)))
                .toList();
        if (kind != null && !known.contains(kind)) {
            String near = Names.suggestion(kind, known);
            throw new ParfocalException("--kind: there is no kind of loss '" + kind + "'"
                    + (near.isEmpty() ? "; there are " + String.join(", ", known) : near));
        }
    }

    private boolean isOfKind(Group group, Loss loss) {
        return kind == null || kind.equals(group.word()) || kind.equals(kind(loss));
    }

    private boolean isFound(Loss loss) {
        return search == null || loss.text().toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT));
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
