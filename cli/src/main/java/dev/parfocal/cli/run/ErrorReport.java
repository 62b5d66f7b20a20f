package dev.parfocal.cli.run;

import dev.parfocal.cli.text.TextTable;
import dev.parfocal.detection.outcome.ErrorDecomposition;
import dev.parfocal.detection.outcome.ErrorKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What each kind of error costs, in words and numbers. */
public final class ErrorReport {

    /** What the numbers are. */
    public static final String WORDS =
            "How much AP50 would rise if the errors of one kind alone were corrected (TIDE); the gains do not add up.";

    private ErrorReport() {}

    /** A row for each kind. */
    public static TextTable table(ErrorDecomposition errors) {
        TextTable table = new TextTable("kind", "what it is", ">errors", ">gain in AP50");
        for (ErrorKind kind : ErrorKind.values()) {
            double gain = gain(errors, kind);
            table.row(
                    kind.key(),
                    kind.description(),
                    String.valueOf(errors.counts().get(kind)),
                    Double.isNaN(gain) ? "-" : String.format(Locale.ROOT, "%.3f", gain));
        }
        return table;
    }

    /** The gains by the kinds' keys; NaN where there is no object to find. */
    public static Map<String, Double> gains(ErrorDecomposition errors) {
        return Arrays.stream(ErrorKind.values())
                .collect(Collectors.toMap(
                        ErrorKind::key, kind -> gain(errors, kind), (first, second) -> first, LinkedHashMap::new));
    }

    private static double gain(ErrorDecomposition errors, ErrorKind kind) {
        return errors.gains().getOrDefault(kind, Double.NaN);
    }
}
