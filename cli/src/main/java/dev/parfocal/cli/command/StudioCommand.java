package dev.parfocal.cli.command;

import dev.parfocal.cli.Version;
import dev.parfocal.cli.run.DataParts;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.studio.Studio;
import dev.parfocal.studio.answer.GradientShares;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.run.ClassLogits;
import java.awt.Desktop;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parfocal studio}. */
@Command(
        name = "studio",
        description = {
            "Design a loss on a page in your browser.",
            "",
            "The page shows what a loss does while you write it: errors at their place, curves, sliders, where gradient comes "
                    + "from, boxes to drag, distributions, what 'check' says, and exports. It is served on 127.0.0.1 alone, to "
                    + "whoever has the printed address. Ctrl-C ends it."
        },
        footer = {
            "Examples:",
            "  parfocal studio                    start from an example",
            "  parfocal studio my.loss --open     write my.loss, in the browser of this machine",
            "  parfocal studio --run runs/a       with the logits of that run's detector",
        })
public final class StudioCommand implements Callable<Integer> {

    private static final int MOST_PORTS = 65_535;
    private static final int IMAGES = 50;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The .loss file to write. It need not be there yet.")
    private @Nullable Path file;

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description = "Count where gradient comes from on the logits of this run's detector, on up to " + IMAGES
                    + " images of its validation. Default: on those of the demo's.")
    private @Nullable Path run;

    @Option(names = "--port", paramLabel = "N", description = "Where it listens. Default: any that is free.")
    private int port;

    @Option(names = "--open", description = "Open the page in the browser of this machine.")
    private boolean open;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (port < 0 || port > MOST_PORTS) {
            throw new ParfocalException("a port is a number in [1, " + MOST_PORTS + "], not " + port);
        }
        if (file != null && (Files.isDirectory(file) || !file.toString().endsWith(".loss"))) {
            throw new ParfocalException(file + ": the studio writes a file whose name ends with .loss");
        }
        PrintWriter out = spec.commandLine().getOut();
        Optional<GradientShares.Logits> logits = Optional.ofNullable(run).map(this::logits);
        try (Studio studio = Studio.start(Optional.ofNullable(file), logits, port, Version.number())) {
            out.println(studio.address());
            out.flush();
            if (open) {
                browse(studio.address());
            }
            new CountDownLatch(1).await();
        }
        return ExitCode.OK;
    }

    private GradientShares.Logits logits(Path folder) {
        RunConfig config = RunConfig.read(folder.resolve("config.yaml"));
        ClassLogits counted =
                ClassLogits.of(folder, DataParts.read(config.data()).val(), IMAGES);
        long positives = Arrays.stream(counted.positives()).sum();
        long all = positives + Arrays.stream(counted.negatives()).sum();
        String source = all + " logits of the detector of the run " + folder.getFileName() + ", on " + counted.images()
                + (counted.images() == 1 ? " image" : " images") + " of its validation; " + positives
                + " of them are positives.";
        return new GradientShares.Logits(
                source, counted.from(), counted.width(), counted.positives(), counted.quality(), counted.negatives());
    }

    private void browse(URI address) throws IOException {
        if (Desktop.isDesktopSupported() && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
            Desktop.getDesktop().browse(address);
            return;
        }
        try {
            new ProcessBuilder("xdg-open", address.toString()).start();
        } catch (IOException e) {
            spec.commandLine().getErr().println("parfocal: no browser could be started; open the address above");
        }
    }
}
