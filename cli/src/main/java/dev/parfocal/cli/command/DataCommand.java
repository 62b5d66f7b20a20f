package dev.parfocal.cli.command;

import dev.parfocal.cli.run.DataSummary;
import dev.parfocal.cli.text.TextTable;
import dev.parfocal.detection.format.DatasetReader;
import dev.parfocal.detection.format.Format;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parfocal data}. */
@Command(
        name = "data",
        description = {
            "Show what is recognised in a data set.",
            "",
            "Its format and what shows it, its classes, how many images and objects each split has, and what is left out or "
                    + "mended and why. Reads what 'train' would read, and writes nothing. 'lint' looks for wrong annotations."
        },
        footer = {
            "Examples:",
            "  parfocal data coins",
            "  parfocal data coins --format voc --strict",
            "  parfocal data annotations/instances_train.json",
            "",
            "docs/data.md says what each tool's exports are read as."
        })
public final class DataCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR|FILE", description = "The data set: its folder, or the file of its annotations.")
    private Path data = Path.of("");

    @Option(names = "--format", paramLabel = "NAME", description = FormatNames.OPTION)
    private Format format = Format.AUTO;

    @Option(names = "--strict", description = "Refuse a data set with any defect.")
    private boolean strict;

    @Override
    public Integer call() {
        DataSummary summary = DataSummary.of(DatasetReader.read(data, format, strict));
        PrintWriter out = spec.commandLine().getOut();
        out.println(summary.heading());
        out.println();
        TextTable table = new TextTable("split", ">images", ">without objects", ">objects", ">crowds", ">classes");
        for (DataSummary.Part part : summary.parts()) {
            table.row(
                    part.name(),
                    String.valueOf(part.images()),
                    String.valueOf(part.withoutObjects()),
                    String.valueOf(part.objects()),
                    String.valueOf(part.crowds()),
                    String.valueOf(part.classes()));
        }
        out.print(table);
        if (!summary.problems().isEmpty()) {
            out.println();
            summary.problems().forEach(out::println);
        }
        return ExitCode.OK;
    }
}
