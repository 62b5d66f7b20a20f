package dev.parfocal.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program's root: what it says of itself, and its commands. */
@Command(
        name = "parfocal",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        synopsisHeading = "%nUsage:%n  ",
        descriptionHeading = "%n",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%n",
        description = {
            "Design, train with, tune and judge the losses of object detectors.",
            "",
            "A loss is a page of text that reads like its paper. From it Parfocal derives the gradient, numerically"
                    + " stable forms, fast kernels, checks, plots and a recipe for training. 'parfocal demo' shows all of"
                    + " it at work."
        },
        footer = {
            "Examples:",
            "  parfocal demo                                        train a detector on generated images, and score it",
            "  parfocal show varifocal                              a loss: formula, parameters, recipe, gradient",
            "  parfocal plot focal --set gamma=0,1,2,5              its curves, as focal.svg",
            "  parfocal train --data DIR --format voc --out runs/a  your own images",
            "",
            "Every command explains itself: 'parfocal COMMAND --help'.",
            "",
            "Exit codes: 0 done; 1 done, and the answer is no ('check' found a fault); 2 something in what you gave is "
                    + "wrong, and one line on standard error says what; 3 Parfocal itself or its surroundings failed; "
                    + "130 stopped by Ctrl-C."
        })
public final class Parfocal implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace when something fails (PARFOCAL_DEBUG=1 does the same).")
    private boolean debug;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: a command is missing");
    }

    /** Whether the user asked for stack traces, on the command line or by the environment. */
    static boolean wantsTraces(CommandLine command) {
        Object root = command.getCommandSpec().root().userObject();
        return root instanceof Parfocal parfocal && parfocal.debug || "1".equals(System.getenv("PARFOCAL_DEBUG"));
    }
}
