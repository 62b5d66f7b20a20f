package dev.parfocal.cli.run;

import dev.parfocal.cli.text.Counts;
import dev.parfocal.cli.text.TextTable;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.calibration.CalibrationError;
import dev.parfocal.detection.calibration.Lrp;
import dev.parfocal.detection.calibration.RankCorrelation;
import dev.parfocal.detection.calibration.ReliabilityCurve;
import dev.parfocal.detection.metric.Matcher;
import dev.parfocal.detection.metric.Matches;
import dev.parfocal.detection.truth.CocoInput;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the scores of detections mean what they say, without images of their own to fit an operating point on.
 *
 * @param minScore detections of a lower score are left out of the calibration errors; empty: none are
 * @param kept how many detections are not
 * @param numbers {@code D-ECE}, {@code LaECE}, {@code LaECE0}, {@code LaACE0}, {@code oLRP}, {@code Spearman} and
 *     {@code Kendall}; NaN where one does not exist
 * @param perClass of every class that has objects
 * @param classes the names of the classes
 */
public record CalibrationReport(
        Optional<Double> minScore, int kept, Map<String, Double> numbers, List<Lrp> perClass, List<String> classes) {

    private static final int BINS = ReliabilityCurve.BINS;

    private static final Map<String, String> WORDS = Map.of(
            "D-ECE", "distance of score and precision, IoU from 0.5",
            "LaECE", "distance of score and precision times IoU, IoU from 0.5",
            "LaECE0", "distance of score and IoU",
            "LaACE0", "distance of score and IoU, detection by detection",
            "oLRP", "least localisation recall precision error",
            "Spearman", "rank correlation of score and IoU over true positives",
            "Kendall", "the same, by pairs");

    /**
     * Measures.
     *
     * @param minScore in [0, 1]; empty: all detections
     * @throws ParfocalException if a score is outside [0, 1]
     */
    public static CalibrationReport of(CocoInput input, Optional<Double> minScore) {
        double[] lowest = new double[input.categories().size()];
        Arrays.fill(lowest, minScore.orElse(0.0));
        Matches half = Matcher.match(input, Lrp.IOU);
        Matches kept = half.from(lowest);
        Matches any = Matcher.match(input, 0).from(lowest);
        List<Lrp> perClass = Lrp.perClass(half, Lrp.IOU);
        RankCorrelation ranks = new RankCorrelation(half);
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("D-ECE", CalibrationError.dEce(kept, BINS));
        numbers.put("LaECE", CalibrationError.laEce(kept, BINS));
        numbers.put("LaECE0", CalibrationError.laEce(any, BINS));
        numbers.put("LaACE0", CalibrationError.laAce(any));
        numbers.put("oLRP", Lrp.mean(perClass));
        numbers.put("Spearman", ranks.spearman());
        numbers.put("Kendall", ranks.kendall());
        return new CalibrationReport(minScore, kept.size(), numbers, perClass, half.classes());
    }

    /** The numbers with words, and the optimal LRP of each class as a table. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        String from = minScore.map(score -> String.format(Locale.ROOT, " that score %.2f or more", score))
                .orElse("");
        text.append(String.format(Locale.ROOT, "Calibration errors of %s%s:%n%n", Counts.of(kept, "detection"), from));
        numbers.forEach((key, value) ->
                text.append(String.format(Locale.ROOT, " %-8s = %6s   %s%n", key, shown(value), WORDS.get(key))));
        return text.append(String.format("%n")).append(classTable()).toString();
    }

    /** The numbers with words. */
    public TextTable table() {
        TextTable table = new TextTable("measure", ">value", "what it is");
        numbers.forEach((key, value) -> table.row(key, shown(value), WORDS.getOrDefault(key, "")));
        return table;
    }

    /** The optimal LRP of every class that has objects. */
    public TextTable classTable() {
        TextTable table =
                new TextTable("class", ">objects", ">oLRP", ">1 - IoU", ">false positives", ">missed", ">at score");
        for (Lrp lrp : perClass) {
            table.row(
                    classes.get(lrp.label()),
                    String.valueOf(lrp.objects()),
                    shown(lrp.error()),
                    shown(lrp.localization()),
                    shown(lrp.falsePositives()),
                    shown(lrp.falseNegatives()),
                    lrp.threshold() > 1 ? "-" : shown(lrp.threshold()));
        }
        return table;
    }

    private static String shown(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
