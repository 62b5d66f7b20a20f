package dev.parfocal.cli.command;

import dev.parfocal.cli.text.Counts;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.synth.SceneFiles;
import dev.parfocal.detection.synth.SceneGenerator;
import dev.parfocal.detection.synth.SceneOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal synth}. */
@Command(
        name = "synth",
        description = {
            "Draw a data set: scenes of shapes among clutter, with their boxes as COCO files.",
            "",
            "Discs, squares, triangles, stars, rings and (rarely) gears of any size, colour, texture and turn, partly covering "
                    + "each other, among things that only look like them. The same seed draws the same scenes. A tenth each "
                    + "goes to val and test, the rest to train."
        },
        footer = {
            "Examples:",
            "  parfocal synth --images 300 --seed 1 --out scenes",
            "  parfocal synth --images 300 --imbalance 20 --rare 0.01 --out skewed",
            "  parfocal train --data scenes --format coco --out runs/scenes",
        })
public final class SynthCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new or empty folder.")
    private Path out = Path.of("");

    @Option(names = "--images", paramLabel = "N", description = "How many scenes. Default: ${DEFAULT-VALUE}.")
    private int images = 300;

    @Option(names = "--seed", paramLabel = "S", description = "Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--imbalance",
            paramLabel = "RATIO",
            description = "How many times as often the commonest of the ordinary shapes is drawn as the least common. "
                    + "Default: ${DEFAULT-VALUE}.")
    private double imbalance = SceneOptions.defaults().imbalance();

    @Option(
            names = "--rare",
            paramLabel = "SHARE",
            description = "Share of the objects that are of the rare shape. Default: ${DEFAULT-VALUE}.")
    private double rare = SceneOptions.defaults().rareShare();

    @Option(
            names = "--picture",
            paramLabel = "png|jpg",
            description = "The format of the pictures. Default: ${DEFAULT-VALUE}.")
    private Picture picture = Picture.jpg;

    /** Formats that scenes are written in; their names are the files' endings. */
    enum Picture {
        jpg,
        png
    }

    @Override
    public Integer call() {
        SceneOptions options = SceneOptions.defaults().withImbalance(imbalance, rare);
        Dataset data =
                SceneFiles.write(new SceneGenerator(seed, options), out, SceneFiles.parts(images), picture.name());
        StringBuilder parts = new StringBuilder();
        data.splits()
                .forEach((part, ids) -> parts.append(parts.isEmpty() ? "" : ", ")
                        .append(part)
                        .append(' ')
                        .append(ids.size()));
        spec.commandLine()
                .getOut()
                .println(out + ": " + Counts.of(data.samples().size(), "image") + ", "
                        + Counts.of(data.objects(), "object") + " (" + parts + ")");
        return ExitCode.OK;
    }
}
