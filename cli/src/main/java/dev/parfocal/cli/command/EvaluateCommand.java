package dev.parfocal.cli.command;

import dev.parfocal.cli.evaluate.CurveFile;
import dev.parfocal.cli.evaluate.EvaluationFlags;
import dev.parfocal.cli.evaluate.SliceFlags;
import dev.parfocal.cli.run.CalibrationReport;
import dev.parfocal.cli.run.ErrorReport;
import dev.parfocal.cli.run.RunReport;
import dev.parfocal.cli.run.ScoreFile;
import dev.parfocal.cli.text.OutputFile;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.metric.CocoEvaluator;
import dev.parfocal.detection.metric.CocoResult;
import dev.parfocal.detection.metric.EvaluationOptions;
import dev.parfocal.detection.metric.Figure;
import dev.parfocal.detection.metric.Mode;
import dev.parfocal.detection.metric.SliceResult;
import dev.parfocal.detection.outcome.ErrorDecomposition;
import dev.parfocal.detection.truth.CocoInput;
import dev.parfocal.detection.truth.UnknownImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal evaluate}. */
@Command(
        name = "evaluate",
        description = {
            "Score detections against the truth, as COCO does: AP and AR.",
            "",
            "The detections are those of a file, or what the detector of --run or --weights finds in the images of --data.",
            "",
            "The numbers are exactly those of pycocotools. Both files may come from anywhere, Python included: the truth is a COCO annotation file, the detections are a "
                    + "JSON list of {image_id, category_id, bbox: [x, y, width, height], score}. A number that does not "
                    + "exist, such as the precision on small objects where there are none, is -1; with --mode corrected it is '-' "
                    + "here and null in the file."
        },
        footer = {
            "Examples:",
            "  parfocal evaluate --truth instances_val.json --detections detections.json",
            "  parfocal evaluate --truth gt.json --detections dt.json --json scores.json",
            "  parfocal evaluate --truth gt.json --detections dt.json --calibration --min-score 0.3",
            "  parfocal evaluate --truth gt.json --detections dt.json --max-detections 1,10,300 --iou 0.5,0.75",
            "  parfocal evaluate --truth gt.json --detections dt.json --slices size,crowding,image:weather",
            "  parfocal evaluate --truth lvis_v1_val.json --detections dt.json --federated",
            "  parfocal evaluate --run runs/a --data bccd --format voc --split test",
            "  parfocal evaluate --weights nanodet-g.safetensors --size 416x416 --data instances_val2017.json",
            "",
            "The file of --json has the keys AP AP50 AP75 APs APm APl AR1 AR10 AR100 ARs ARm ARl; with --calibration also D-ECE "
                    + "LaECE LaECE0 LaACE0 oLRP Spearman Kendall, null where there is none; with --errors dAP50-Cls -Loc -Both -Dupe -Bkg -Miss -FP -FN. "
                    + "docs/comparison.md explains them."
        })
public final class EvaluateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--truth", paramLabel = "FILE", description = "COCO annotations.")
    private @Nullable Path truth;

    @Option(names = "--detections", paramLabel = "FILE", description = "COCO detections.")
    private @Nullable Path detections;

    @Mixin
    private DetectedBoxes detected = new DetectedBoxes();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the numbers here.")
    private @Nullable Path json;

    @Option(
            names = "--curves",
            paramLabel = "FILE",
            description = "Also write precision, recall and score, level by level, here as CSV.")
    private @Nullable Path curves;

    @Mixin
    private final EvaluationFlags flags = new EvaluationFlags();

    @Mixin
    private final SliceFlags slices = new SliceFlags();

    @Option(
            names = "--some-images",
            description = "Leave out detections on images that the truth does not list, instead of refusing them.")
    private boolean someImages;

    @Option(
            names = "--errors",
            description = "Also say what each kind of error costs: wrong class, wrong place, both, duplicates, nothing "
                    + "there, missed objects.")
    private boolean errors;

    @Option(
            names = "--calibration",
            description =
                    "Also measure whether scores mean what they say: D-ECE, LaECE, LaACE, oLRP, rank correlations.")
    private boolean calibration;

    @Option(
            names = "--min-score",
            paramLabel = "S",
            description = "With --calibration: leave out detections of a lower score there. Default: keep all.")
    private @Nullable Double minScore;

    @Override
    public Integer call() throws IOException {
        checkOptions();
        EvaluationOptions options = flags.options();
        UnknownImages unknown = someImages ? UnknownImages.LEAVE_OUT : UnknownImages.REFUSE;
        CocoInput input = flags.scored(input(unknown));
        CocoResult result = CocoEvaluator.evaluate(input, options);
        Map<String, List<SliceResult>> sliced = slices.of(input, options);
        Optional<CalibrationReport> report = calibration
                ? Optional.of(CalibrationReport.of(input, Optional.ofNullable(minScore)))
                : Optional.empty();
        Map<String, Double> numbers = numbers(result, options);
        report.ifPresent(measured -> numbers.putAll(measured.numbers()));
        PrintWriter out = spec.commandLine().getOut();
        for (Figure figure : result.figures()) {
            out.println(" " + figure.description() + " = " + shown(figure, options) + "   " + figure.key());
        }
        out.println();
        out.print(RunReport.table(result));
        if (errors) {
            ErrorDecomposition decomposed = ErrorDecomposition.of(input);
            ErrorReport.gains(decomposed).forEach((kind, gain) -> numbers.put("dAP50-" + kind, gain));
            out.println();
            out.println(ErrorReport.WORDS);
            out.println();
            out.print(ErrorReport.table(decomposed));
        }
        report.ifPresent(measured -> {
            out.println();
            out.print(measured);
        });
        sliced.forEach((by, results) -> {
            out.println();
            out.print(SliceFlags.table(by, results));
        });
        result.notes().forEach(note -> spec.commandLine().getErr().println("note: " + note));
        if (json != null) {
            ScoreFile.write(json, numbers);
        }
        if (curves != null) {
            CurveFile.write(curves, result, options);
        }
        return ExitCode.OK;
    }

    private static Map<String, Double> numbers(CocoResult result, EvaluationOptions options) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        double none = options.mode() == Mode.STRICT ? -1 : Double.NaN;
        result.figures()
                .forEach(figure -> numbers.put(figure.key(), figure.value().orElse(none)));
        return numbers;
    }

    private static String shown(Figure figure, EvaluationOptions options) {
        return figure.value().isEmpty() && options.mode() == Mode.CORRECTED
                ? "  -  "
                : String.format(Locale.ROOT, "%5.3f", figure.value().orElse(-1));
    }

    private CocoInput input(UnknownImages unknown) {
        if (truth != null && detections != null && !detected.asked()) {
            return CocoInput.read(truth, detections, unknown);
        }
        if (truth != null || detections != null || !detected.asked()) {
            throw new ParfocalException("name either --truth FILE and --detections FILE, or a detector (--run DIR, or"
                    + " --weights FILE) and --data DIR");
        }
        DetectedBoxes.Found found = detected.look(spec.commandLine().getErr());
        return CocoInput.of(found.truth(), found.detections());
    }

    /** The files that are read. */
    private List<Path> inputs() {
        return Stream.of(truth, detections).flatMap(Stream::ofNullable).toList();
    }

    /** Before anything is read or printed. */
    private void checkOptions() throws IOException {
        if (minScore != null && !calibration) {
            throw new ParfocalException(
                    "--min-score is for --calibration; AP and AR count all detections, as pycocotools does");
        }
        if (minScore != null && !(minScore >= 0 && minScore <= 1)) {
            throw new ParfocalException("--min-score " + minScore + ": a score is in [0, 1]");
        }
        if (json != null) {
            OutputFile.requireOther(json, "--json", inputs());
        }
        if (curves != null) {
            OutputFile.requireOther(curves, "--curves", inputs());
            OutputFile.requireOther(curves, "--curves", json, "--json");
        }
    }
}
