package dev.parfocal.cli.command;

import dev.parfocal.cli.text.TextTable;
import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Parameter;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parfocal show}. */
@Command(
        name = "show",
        description = {
            "Show everything about a loss: text, inputs, parameters, recipe, gradient.",
            "",
            "The text is all there is of a loss; what else is shown, the gradient too, is derived from it. A file of your own is shown the same way, "
                    + "so this is also how to see whether a new loss is understood as it is meant."
        },
        footer = {"Examples:", "  parfocal show varifocal", "  parfocal show my.loss"})
public final class ShowCommand implements Runnable {

    private static final String INDENT = "  ";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LossArgument argument = new LossArgument();

    @Override
    public void run() {
        Loss loss = argument.loss();
        PrintWriter out = spec.commandLine().getOut();
        out.println(loss);
        section(out, "Text", loss.text());
        section(out, "Inputs", inputs(loss));
        if (!loss.parameters().isEmpty()) {
            section(out, "Parameters", parameters(loss));
        }
        section(out, "Recipe", LossesCommand.recipe(loss));
        section(out, "Gradient, derived", String.join("\n", loss.gradientText()));
    }

    private static void section(PrintWriter out, String heading, String body) {
        out.println();
        out.println(heading);
        body.stripTrailing().lines().forEach(line -> out.println((INDENT + line).stripTrailing()));
    }

    private static String inputs(Loss loss) {
        TextTable table = new TextTable("name", "role", "range");
        loss.predicted().forEach(input -> table.row(shown(input), "predicted", input.range()));
        loss.declaredGiven().forEach(input -> table.row(shown(input), "given", input.range()));
        return table.toString();
    }

    private static String shown(Input input) {
        return input.isRow() ? input.name() + "[" + input.length() + "]" : input.name();
    }

    private static String parameters(Loss loss) {
        TextTable table = new TextTable("name", ">default", "range", "meaning");
        for (Parameter parameter : loss.parameters()) {
            table.row(
                    parameter.name(), Numbers.shown(parameter.defaultValue()), parameter.range(), parameter.meaning());
        }
        return table.toString();
    }
}
