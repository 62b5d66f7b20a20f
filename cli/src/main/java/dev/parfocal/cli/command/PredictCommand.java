package dev.parfocal.cli.command;

import dev.parfocal.cli.run.ImageFolder;
import dev.parfocal.cli.run.RunPictures;
import dev.parfocal.cli.run.RunReport;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.CocoDetections;
import dev.parfocal.detection.data.CocoWriter;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.image.RgbImage;
import dev.parfocal.training.run.Detector;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal predict}. */
@Command(
        name = "predict",
        description = {
            "Find objects in images with a trained detector.",
            "",
            "Into the output folder go each image with its boxes drawn, the detections in COCO's form ('detections.json'), and 'images.json', which says which file "
                    + "each image_id is. With --truth the ids are those of a COCO file, so that the detections can be "
                    + "scored against it. Images that cannot be read are named and left out."
        },
        footer = {
            "Examples:",
            "  parfocal predict --run runs/demo --images photos --out found",
            "  parfocal predict --run runs/x --images val --truth val.json --out found",
            "  parfocal evaluate --truth val.json --detections found/detections.json",
        })
public final class PredictCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--run", required = true, paramLabel = "DIR", description = "The folder of a finished run.")
    private Path run = Path.of("");

    @Option(names = "--images", required = true, paramLabel = "DIR", description = "A folder of images, or one image.")
    private Path images = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the results go.")
    private Path out = Path.of("");

    @Option(names = "--truth", paramLabel = "FILE", description = "COCO annotations whose image ids are to be used.")
    private @Nullable Path truth;

    @Option(
            names = "--min-score",
            paramLabel = "SCORE",
            description = "Draw detections from this score on; the file has all. Default: ${DEFAULT-VALUE}.")
    private double minScore = RunReport.DRAWN;

    @Override
    public Integer call() throws IOException {
        List<Path> files = ImageFolder.files(images);
        Map<Path, Long> ids = truth == null ? ImageFolder.numbered(files) : ImageFolder.idsOf(files, images, truth);
        Detector detector = Detector.load(run);
        Path pictures = Files.createDirectories(out);
        if (pictures.toRealPath().equals(images.toRealPath())) {
            throw new ParfocalException("--out is the folder of the images themselves; name another");
        }
        List<Detection> all = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        for (Path file : files) {
            long id = ids.getOrDefault(file, 0L);
            read(file, detector, id, all, samples);
        }
        if (samples.isEmpty()) {
            throw new ParfocalException(images + ": none of its " + files.size() + " images can be read");
        }
        CocoDetections.write(out.resolve("detections.json"), all, detector.categories());
        Dataset seen = new Dataset(images.toString(), detector.categories(), samples, Map.of());
        CocoWriter.write(out.resolve("images.json"), seen, images);
        long drawn = all.stream().filter(found -> found.score() >= minScore).count();
        spec.commandLine()
                .getOut()
                .println(out + ": " + samples.size() + " images, " + drawn + " objects drawn, " + all.size()
                        + " detections in detections.json");
        return ExitCode.OK;
    }

    private void read(Path file, Detector detector, long id, List<Detection> all, List<Sample> samples) {
        RgbImage image;
        try {
            image = ImageFiles.read(file);
        } catch (ParfocalException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("left out: " + e.getMessage());
            return;
        }
        List<Detection> found = detector.detect(image, id);
        all.addAll(found);
        samples.add(new Sample(id, file, image.width(), image.height(), List.of()));
        Path picture = out.resolve(ImageFolder.pictureName(file, images));
        ImageFiles.write(RunPictures.withDetections(image, found, detector.categories(), minScore), picture);
    }
}
