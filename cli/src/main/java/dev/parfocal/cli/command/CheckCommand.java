package dev.parfocal.cli.command;

import dev.parfocal.core.check.LossCheck;
import dev.parfocal.core.check.LossReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parfocal check}. */
@Command(
        name = "check",
        description = {
            "Check a loss as a careful author would, with figures.",
            "",
            "These are checked: the values that its text states, its stable form against the text, its gradient against "
                    + "differences, that value and gradient are finite at extremes, that it is not negative, that it leads "
                    + "to its target, and its float32 kernels against float64.",
            "",
            "Each check is made with the loss's parameters and with each of them at the ends of its range. A line per check "
                    + "says pass or fail, the worst figure found, and where. The exit code is 0 if all pass, 1 if one fails."
        },
        footer = {"Examples:", "  parfocal check my.loss", "  parfocal check focal --set gamma=0.5"})
public final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AdjustedLoss adjusted = new AdjustedLoss();

    @Override
    public Integer call() {
        LossReport report = LossCheck.run(adjusted.loss());
        spec.commandLine().getOut().println(report);
        return report.passed() ? ExitCode.OK : ExitCode.NEGATIVE;
    }
}
