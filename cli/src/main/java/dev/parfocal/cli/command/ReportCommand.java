package dev.parfocal.cli.command;

import dev.parfocal.cli.report.ReportFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal report}. */
@Command(
        name = "report",
        description = {
            "Write report.html anew, from the files of a run, a comparison, a search or a cross-validation.",
            "",
            "train, demo, compare, tune and cross-validate write the page themselves; this is for a folder that was made "
                    + "before, was stopped half-way, or was copied from elsewhere. The page is one file that needs nothing "
                    + "beside it: open it, print it, send it."
        },
        footer = {"Examples:", "  parfocal report --run runs/bccd", "  parfocal report --run runs/losses"})
public final class ReportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--run", required = true, paramLabel = "DIR", description = "The folder.")
    private Path run = Path.of("");

    @Override
    public Integer call() throws IOException {
        spec.commandLine().getOut().println("report  " + ReportFile.write(run));
        return ExitCode.OK;
    }
}
