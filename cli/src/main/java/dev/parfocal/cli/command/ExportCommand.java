package dev.parfocal.cli.command;

import dev.parfocal.cli.Version;
import dev.parfocal.cli.text.OutputFile;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.export.Target;
import dev.parfocal.core.loss.Loss;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal export}. */
@Command(
        name = "export",
        description = {
            "Write a loss as source text for PyTorch, C or CUDA.",
            "",
            "The file needs nothing of Parfocal: value and gradient are computed together, in the stable form that was"
                    + " derived from the loss's text. C and CUDA give the same bits as Parfocal's own kernels. The file"
                    + " says which text, which version and which parameters it comes from."
        },
        footer = {
            "Examples:",
            "  parfocal export varifocal --to pytorch               a torch.nn.Module, in varifocal.py",
            "  parfocal export focal --to c --set gamma=1.5         a header without any library, in focal.h",
            "  parfocal export my.loss --to cuda --output loss.cu   kernels for nvcc or NVRTC",
        })
public final class ExportCommand implements Callable<Integer> {

    private static final String STANDARD = "-";
    /** The most bytes that are read to find the first line. */
    private static final int FIRST_LINE = 1_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AdjustedLoss adjusted = new AdjustedLoss();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TARGET",
            description = "pytorch (one Python file that needs torch alone), c (one C99 header) or cuda (kernels).")
    private @Nullable Target target;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "Where the text goes; - for standard output. Default: the name of the loss with .py, .h or .cu. "
                            + "A file that is there is written over only if it is such an export.")
    private @Nullable String output;

    @Override
    public Integer call() throws IOException {
        Loss loss = adjusted.loss();
        Target to = target == null ? Target.PYTORCH : target;
        String text = to.text(loss, Version.number());
        if (STANDARD.equals(output)) {
            spec.commandLine().getOut().print(text);
            return ExitCode.OK;
        }
        Path file = Path.of(output == null ? loss.name() + to.suffix() : output);
        OutputFile.requireOther(file, "--output", adjusted.files());
        requireExport(file);
        OutputFile.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
        spec.commandLine().getOut().println(file);
        return ExitCode.OK;
    }

    /** Refuses to write over what is not an export. */
    private static void requireExport(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (InputStream stream = Files.newInputStream(file)) {
            String start = new String(stream.readNBytes(FIRST_LINE), StandardCharsets.UTF_8);
            if (!start.isEmpty() && !Target.isExport(start.lines().findFirst().orElse(""))) {
                throw new ParfocalException(file
                        + " is there, and is no export of Parfocal: name another file with --output, or remove it");
            }
        }
    }
}
