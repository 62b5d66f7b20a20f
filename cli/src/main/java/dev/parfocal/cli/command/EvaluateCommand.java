package dev.parfocal.cli.command;

import dev.parfocal.cli.run.CalibrationReport;
import dev.parfocal.cli.run.RunReport;
import dev.parfocal.cli.run.ScoreFile;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.CocoDetections;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.DatasetReader;
import dev.parfocal.detection.metric.CocoEvaluator;
import dev.parfocal.detection.metric.CocoMetric;
import dev.parfocal.detection.metric.CocoResult;
import dev.parfocal.detection.metric.UnknownImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal evaluate}. */
@Command(
        name = "evaluate",
        description = {
            "Score detections against the truth, as COCO does: AP and AR.",
            "",
            "The numbers are exactly those of pycocotools. Both files may come from anywhere, Python included: the truth is a COCO annotation file, the detections are a "
                    + "JSON list of {image_id, category_id, bbox: [x, y, width, height], score}. A number that does not "
                    + "exist, such as the precision on small objects where there are none, is -1."
        },
        footer = {
            "Examples:",
            "  parfocal evaluate --truth instances_val.json --detections detections.json",
            "  parfocal evaluate --truth gt.json --detections dt.json --json scores.json",
            "  parfocal evaluate --truth gt.json --detections dt.json --calibration --min-score 0.3",
            "",
            "The file of --json has the keys AP AP50 AP75 APs APm APl AR1 AR10 AR100 ARs ARm ARl; with --calibration also D-ECE "
                    + "LaECE LaECE0 LaACE0 oLRP Spearman Kendall, null where there is none. "
                    + "docs/comparison.md explains them."
        })
public final class EvaluateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--truth", required = true, paramLabel = "FILE", description = "COCO annotations.")
    private Path truth = Path.of("");

    @Option(names = "--detections", required = true, paramLabel = "FILE", description = "COCO detections.")
    private Path detections = Path.of("");

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the numbers here.")
    private @Nullable Path json;

    @Option(
            names = "--some-images",
            description = "Leave out detections on images that the truth does not list, instead of refusing them.")
    private boolean someImages;

    @Option(
            names = "--calibration",
            description =
                    "Also measure whether scores mean what they say: D-ECE, LaECE, LaACE, oLRP, rank correlations.")
    private boolean calibration;

    @Option(
            names = "--min-score",
            paramLabel = "S",
            description = "With --calibration: leave out detections of a lower score there. Default: 0.")
    private double minScore;

    @Override
    public Integer call() throws IOException {
        if (calibration && someImages) {
            throw new ParfocalException(
                    "--calibration needs detections on the truth's images alone: not --some-images");
        }
        UnknownImages unknown = someImages ? UnknownImages.LEAVE_OUT : UnknownImages.REFUSE;
        CocoResult result = CocoEvaluator.evaluate(truth, detections, unknown);
        PrintWriter out = spec.commandLine().getOut();
        for (CocoMetric metric : CocoMetric.values()) {
            double number = result.get(metric).orElse(-1);
            out.println(String.format(Locale.ROOT, " %s = %5.3f   %s", metric.description(), number, metric.key()));
        }
        out.println();
        out.print(RunReport.table(result));
        Map<String, Double> numbers = new LinkedHashMap<>(result.asPycocotools());
        if (calibration) {
            Dataset data = DatasetReader.readTruth(truth);
            CalibrationReport report = CalibrationReport.of(data, CocoDetections.read(detections, data), minScore);
            out.println();
            out.print(report);
            numbers.putAll(report.numbers());
        }
        result.notes().forEach(note -> spec.commandLine().getErr().println("note: " + note));
        if (json != null) {
            ScoreFile.write(json, numbers);
        }
        return ExitCode.OK;
    }
}
