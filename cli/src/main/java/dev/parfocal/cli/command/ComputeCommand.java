package dev.parfocal.cli.command;

import dev.parfocal.cli.compute.MissingValues;
import dev.parfocal.cli.compute.TableLoss;
import dev.parfocal.cli.csv.CsvBlocks;
import dev.parfocal.cli.csv.CsvTable;
import dev.parfocal.cli.csv.CsvTable.Column;
import dev.parfocal.cli.text.OutputFile;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.loss.Loss;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal compute}. */
@Command(
        name = "compute",
        description = {
            "Compute a loss and its gradient for every row of a CSV file.",
            "",
            "The columns are named as the loss's inputs, in any order: 'logit,target' for a pointwise loss, 's0,s1,s2,...,y' "
                    + "for rows (as many bins as there are columns), 'x1,y1,x2,y2,tx1,ty1,tx2,ty2' for boxes; "
                    + "'parfocal show NAME' lists them. Other columns are passed through. The output has one more column "
                    + "'value', and one gradient column for each predicted number: 'gradient' for a pointwise loss, "
                    + "'g_s0,g_s1,...' for rows, 'g_x1,g_y1,g_x2,g_y2' for boxes.",
            "",
            "No weights and no normaliser are applied: it is the loss itself. Numbers are written so that they read back "
                    + "exactly. Rows with NaN, and targets outside their range, are refused with their line."
        },
        footer = {
            "Examples:",
            "  parfocal compute focal --input points.csv --output out.csv",
            "  parfocal compute focal --set gamma=1.5 --set alpha=0.5 --input points.csv --output out.csv",
            "  parfocal compute my.loss --backend reference --input - --output - < points.csv",
        })
public final class ComputeCommand implements Callable<Integer> {

    private static final String STANDARD = "-";

    /** As many rows are computed at once. */
    private static final int ROWS = 8192;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AdjustedLoss adjusted = new AdjustedLoss();

    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE",
            description = "The CSV file; - for standard input.")
    private String input = STANDARD;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where the result goes; - for standard output, which is the default.")
    private String output = STANDARD;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description =
                    "What computes it: vector (float32, SIMD), scalar (float32, the same bits, plain Java) or reference "
                            + "(float64, slow, the oracle). Default: vector where Java has it.")
    private @Nullable Backend backend;

    @Override
    public Integer call() throws IOException {
        Loss loss = adjusted.loss();
        if (backend == Backend.VECTOR && !Backend.isVectorPresent()) {
            throw new ParfocalException("this Java runs without the vector module: start it with ./parfocal, or with "
                    + "--add-modules jdk.incubator.vector, or take --backend scalar");
        }
        if (!output.equals(STANDARD)) {
            if (!input.equals(STANDARD)) {
                OutputFile.requireOther(Path.of(output), "--output", List.of(Path.of(input)));
            }
            OutputFile.requireOther(Path.of(output), "--output", adjusted.files());
            OutputFile.write(Path.of(output), stream -> compute(loss, stream));
            return ExitCode.OK;
        }
        print(loss);
        return ExitCode.OK;
    }

    /** A result that ends in an error is not printed, so it waits in a file. */
    private void print(Loss loss) throws IOException {
        Path waiting = Files.createTempFile("parfocal", ".csv");
        try {
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(waiting))) {
                compute(loss, stream);
            }
            try (Reader text = Files.newBufferedReader(waiting)) {
                text.transferTo(spec.commandLine().getOut());
            }
        } finally {
            Files.deleteIfExists(waiting);
        }
    }

    /** Block by block, so that the length of the file does not matter. */
    private void compute(Loss loss, OutputStream stream) throws IOException {
        MissingValues missing = new MissingValues();
        try (InputStream bytes = open();
                CsvBlocks blocks = CsvBlocks.open(bytes, input.equals(STANDARD) ? "standard input" : input)) {
            Writer text = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
            TableLoss evaluation = TableLoss.of(blocks.head(), loss, backend == null ? Backend.best() : backend);
            blocks.head().writeNames(text, evaluation.names());
            for (Optional<CsvTable> block = blocks.next(ROWS); block.isPresent(); block = blocks.next(ROWS)) {
                List<Column> columns = evaluation.columns(block.get());
                block.get().writeRows(text, columns);
                missing.count(block.get(), columns.get(0));
            }
            text.flush();
        }
        missing.note().ifPresent(note -> spec.commandLine().getErr().println("note: " + note));
    }

    private InputStream open() throws IOException {
        if (input.equals(STANDARD) && Boolean.getBoolean("parfocal.input.closed")) {
            throw new ParfocalException("--input -: standard input is closed");
        }
        if (input.equals(STANDARD)) {
            return System.in;
        }
        if (Files.isDirectory(Path.of(input))) {
            throw new ParfocalException("--input " + input + " is a directory: name a CSV file");
        }
        return new BufferedInputStream(Files.newInputStream(Path.of(input)));
    }
}
