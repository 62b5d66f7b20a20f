package dev.parfocal.cli.command;

import dev.parfocal.cli.run.ImageFolder;
import dev.parfocal.cli.run.OutFolder;
import dev.parfocal.cli.run.RunPictures;
import dev.parfocal.cli.run.RunReport;
import dev.parfocal.cli.run.TruthIds;
import dev.parfocal.cli.text.Counts;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.coco.CocoDetections;
import dev.parfocal.detection.coco.CocoWriter;
import dev.parfocal.detection.data.Category;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal predict}. */
@Command(
        name = "predict",
        description = {
            "Find objects in images with a trained detector, or with published weights.",
            "",
            "Into the output folder go each image with its boxes drawn, the detections in COCO's form ('detections.json'), and 'images.json', which says which file "
                    + "each image_id is. With --truth the ids of images and categories are those of a COCO file, by "
                    + "their names, so that the detections can be scored against it. Images that cannot be read are named and left out."
        },
        footer = {
            "Examples:",
            "  parfocal predict --run runs/demo --images photos --out found",
            "  parfocal predict --model nanodet --weights nanodet-g.safetensors --images photos --out found",
            "  parfocal predict --run runs/x --images val --truth val.json --out found",
            "  parfocal evaluate --truth val.json --detections found/detections.json",
        })
public final class PredictCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DetectorFlags detectors = new DetectorFlags();

    @Option(names = "--images", required = true, paramLabel = "DIR", description = "A folder of images, or one image.")
    private Path images = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the results go.")
    private Path out = Path.of("");

    @Option(names = "--truth", paramLabel = "FILE", description = "COCO annotations whose ids are to be used.")
    private @Nullable Path truth;

    @Option(
            names = "--min-score",
            paramLabel = "SCORE",
            description = "Draw detections from this score on; the file has all. Default: ${DEFAULT-VALUE}.")
    private double minScore = RunReport.DRAWN;

    @Option(
            names = "--uncertainty",
            description =
                    "Write the standard deviation of each side, in pixels, into the detections, and draw it as a band; for "
                            + "detectors whose boxes are distributions.")
    private boolean uncertainty;

    @Override
    public Integer call() throws IOException {
        List<Path> files = ImageFolder.files(images);
        Optional<TruthIds> known = Optional.ofNullable(truth).map(TruthIds::read);
        Map<Path, Sample> listed =
                known.map(ids -> ids.samples(files, images)).orElseGet(() -> ImageFolder.numbered(files));
        requireOwnFolder(files);
        Detector detector = detectors.load();
        List<Category> categories =
                known.map(ids -> ids.categories(detector.categories())).orElse(detector.categories());
        if (uncertainty && !detector.knowsDeviations()) {
            throw new ParfocalException(
                    "--uncertainty: the boxes of this detector are plain numbers; it takes one whose boxes"
                            + " are distributions, nanodet, or dense with model.regMax");
        }
        Files.createDirectories(out);
        List<Detection> all = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        listed.forEach((file, of) -> read(file, detector, of, all, samples));
        if (samples.isEmpty()) {
            throw new ParfocalException(images + ": "
                    + (files.size() == 1
                            ? "its one image cannot be read"
                            : "none of its " + files.size() + " images can be read"));
        }
        Dataset seen = new Dataset(images.toString(), categories, samples, Map.of());
        if (uncertainty) {
            CocoDetections.writeWithUncertainty(out.resolve("detections.json"), all, seen);
        } else {
            CocoDetections.write(out.resolve("detections.json"), all, seen);
        }
        CocoWriter.write(out.resolve("images.json"), seen, images);
        long drawn = all.stream().filter(found -> found.score() >= minScore).count();
        spec.commandLine()
                .getOut()
                .println(out + ": " + Counts.of(samples.size(), "image") + ", " + Counts.of(drawn, "object")
                        + " drawn, " + Counts.of(all.size(), "detection") + " in detections.json");
        return ExitCode.OK;
    }

    /** Pictures are named like the images, so they may not go where those are, by whatever link, nor over other files. */
    private void requireOwnFolder(List<Path> files) throws IOException {
        if (!Files.exists(out)) {
            return;
        }
        OutFolder.requireNone(out);
        boolean again = Files.exists(out.resolve("images.json")) && Files.exists(out.resolve("detections.json"));
        for (Path file : files) {
            Path picture = out.resolve(ImageFolder.pictureName(file, images));
            if (Files.isSameFile(out, file.toAbsolutePath().getParent())) {
                throw new ParfocalException("--out is the folder of the images themselves; name another");
            }
            if (Files.exists(picture) && !again) {
                throw new ParfocalException(
                        picture + " is there already, and not from an earlier predict; name another folder with --out");
            }
        }
    }

    private void read(Path file, Detector detector, Sample of, List<Detection> all, List<Sample> samples) {
        RgbImage image;
        try {
            image = ImageFiles.read(file);
        } catch (ParfocalException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("left out: " + e.getMessage());
            return;
        }
        List<Detection> found = detector.detect(image, of.id());
        all.addAll(found);
        samples.add(new Sample(of.id(), of.source(), file, image.width(), image.height(), List.of()));
        Path picture = out.resolve(ImageFolder.pictureName(file, images));
        ImageFiles.write(
                RunPictures.withDetections(image, found, detector.categories(), minScore, uncertainty), picture);
    }
}
