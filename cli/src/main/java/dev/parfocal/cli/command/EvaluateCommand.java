package dev.parfocal.cli.command;

import dev.parfocal.cli.text.OutputFile;
import dev.parfocal.cli.text.TextTable;
import dev.parfocal.detection.metric.ClassResult;
import dev.parfocal.detection.metric.CocoEvaluator;
import dev.parfocal.detection.metric.CocoMetric;
import dev.parfocal.detection.metric.CocoResult;
import dev.parfocal.detection.metric.UnknownImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code parfocal evaluate}. */
@Command(
        name = "evaluate",
        description = {
            "Score detections against the truth: COCO's average precision and recall, exactly as pycocotools computes them.",
            "",
            "Both files may come from anywhere, Python included: the truth is a COCO annotation file, the detections are a "
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
        Map<String, Double> numbers = result.asPycocotools();
        for (CocoMetric metric : CocoMetric.values()) {
            double number = result.get(metric).orElse(-1);
            out.println(String.format(Locale.ROOT, " %s = %5.3f   %s", metric.description(), number, metric.key()));
        }
        out.println();
        out.print(classes(result));
        result.notes().forEach(note -> spec.commandLine().getErr().println("note: " + note));
        if (json != null) {
            byte[] text = json(numbers).getBytes(StandardCharsets.UTF_8);
            OutputFile.write(json, stream -> stream.write(text));
        }
        return ExitCode.OK;
    }

    /** AP of every class as a table. */
    static TextTable classes(CocoResult result) {
        TextTable table = new TextTable("class", ">objects", ">AP", ">AP50", ">AP75");
        for (ClassResult each : result.classes()) {
            table.row(
                    each.category().name(),
                    String.valueOf(each.objects()),
                    shown(each.ap()),
                    shown(each.ap50()),
                    shown(each.ap75()));
        }
        return table;
    }

    private static String shown(OptionalDouble number) {
        return number.isPresent() ? String.format(Locale.ROOT, "%.3f", number.getAsDouble()) : "-";
    }

    /** Numbers as a JSON object, one per line, exactly. */
    static String json(Map<String, Double> numbers) {
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(numbers)
                + "\n";
    }
}
