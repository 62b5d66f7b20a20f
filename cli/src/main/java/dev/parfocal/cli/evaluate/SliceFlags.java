package dev.parfocal.cli.evaluate;

import dev.parfocal.cli.text.TextTable;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.metric.CocoEvaluator;
import dev.parfocal.detection.metric.EvaluationOptions;
import dev.parfocal.detection.metric.SliceResult;
import dev.parfocal.detection.metric.Trait;
import dev.parfocal.detection.truth.CocoInput;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** By what an evaluation is cut into slices. */
public final class SliceFlags {

    private static final String ATTRIBUTE = "image:";

    @Option(
            names = "--slices",
            split = ",",
            paramLabel = "BY",
            description = "Also score slices of the objects: size, aspect, crowding, position, or image:FIELD, a field "
                    + "of the truth's images.")
    private List<String> slices = List.of();

    /** The slices by what they are cut by. */
    public Map<String, List<SliceResult>> of(CocoInput input, EvaluationOptions options) {
        Map<String, List<SliceResult>> results = new LinkedHashMap<>();
        for (String by : slices) {
            results.put(
                    by,
                    by.startsWith(ATTRIBUTE)
                            ? CocoEvaluator.slices(input, options, by.substring(ATTRIBUTE.length()))
                            : CocoEvaluator.slices(input, options, trait(by)));
        }
        return results;
    }

    private static Trait trait(String name) {
        return Arrays.stream(Trait.values())
                .filter(trait -> trait.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new ParfocalException(
                        "--slices " + name + ": it is size, aspect, crowding, position or image:FIELD"));
    }

    /** The slices of one kind as a table. */
    public static TextTable table(String by, List<SliceResult> slices) {
        TextTable table = new TextTable(by, ">objects", ">AP", ">AP50", ">AR");
        slices.forEach(slice -> table.row(
                slice.name(),
                String.valueOf(slice.objects()),
                shown(slice.ap()),
                shown(slice.ap50()),
                shown(slice.ar())));
        return table;
    }

    private static String shown(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : "-";
    }
}
