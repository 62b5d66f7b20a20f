package dev.parfocal.cli.evaluate;

import dev.parfocal.cli.text.OutputFile;
import dev.parfocal.detection.metric.ClassResult;
import dev.parfocal.detection.metric.CocoResult;
import dev.parfocal.detection.metric.EvaluationOptions;
import dev.parfocal.detection.metric.PrecisionRecall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Precision–recall points as CSV: a row for each class, threshold of IoU and level of recall. */
public final class CurveFile {

    private CurveFile() {}

    /** Writes the points; a level that is not reached has precision 0 and no score. */
    public static void write(Path file, CocoResult result, EvaluationOptions options) throws IOException {
        StringBuilder text = new StringBuilder("class,iou,recall,precision,score\n");
        for (ClassResult each : result.classes()) {
            for (double iou : options.ious()) {
                Optional<PrecisionRecall> curve = result.curve(each.category(), iou);
                curve.ifPresent(points -> append(text, quoted(each.category().name()) + "," + iou + ",", points));
            }
        }
        OutputFile.write(file, stream -> stream.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static void append(StringBuilder text, String start, PrecisionRecall points) {
        for (int level = 0; level < points.recall().length; level++) {
            double recall = points.recall()[level];
            text.append(start).append(recall).append(',').append(points.precision()[level]);
            text.append(',')
                    .append(recall <= points.highestRecall() ? points.score()[level] : "")
                    .append('\n');
        }
    }

    private static String quoted(String name) {
        return name.matches("[^,\"\\r\\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
