package dev.parfocal.cli.command;

import dev.parfocal.cli.run.RunReport;
import dev.parfocal.cli.run.ScoreFile;
import dev.parfocal.detection.metric.CocoEvaluator;
import dev.parfocal.detection.metric.CocoMetric;
import dev.parfocal.detection.metric.CocoResult;
import dev.parfocal.detection.metric.UnknownImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
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
            "",
            "The file of --json has the keys AP AP50 AP75 APs APm APl AR1 AR10 AR100 ARs ARm ARl."
        })
public final class EvaluateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--truth", required = true, paramLabel = "FILE", description = "COCO annotations.")
    private Path truth = Path.of("");

    @Option(names = "--detections", required = true, paramLabel = "FILE", description = "COCO detections.")
    private Path detections = Path.of("");

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the twelve numbers here.")
    private @Nullable Path json;

    @Option(
            names = "--some-images",
            description = "Leave out detections on images that the truth does not list, instead of refusing them.")
    private boolean someImages;

    @Override
    public Integer call() throws IOException {
        UnknownImages unknown = someImages ? UnknownImages.LEAVE_OUT : UnknownImages.REFUSE;
        CocoResult result = CocoEvaluator.evaluate(truth, detections, unknown);
        PrintWriter out = spec.commandLine().getOut();
        for (CocoMetric metric : CocoMetric.values()) {
            double number = result.get(metric).orElse(-1);
            out.println(String.format(Locale.ROOT, " %s = %5.3f   %s", metric.description(), number, metric.key()));
        }
        out.println();
        out.print(RunReport.table(result));
        result.notes().forEach(note -> spec.commandLine().getErr().println("note: " + note));
        if (json != null) {
            ScoreFile.write(json, result);
        }
        return ExitCode.OK;
    }
}
