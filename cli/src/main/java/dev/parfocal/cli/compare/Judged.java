package dev.parfocal.cli.compare;

import dev.parfocal.detection.calibration.CalibrationError;
import dev.parfocal.detection.calibration.Calibrator;
import dev.parfocal.detection.calibration.IsotonicRegression;
import dev.parfocal.detection.calibration.Lrp;
import dev.parfocal.detection.calibration.RankCorrelation;
import dev.parfocal.detection.calibration.ReliabilityCurve;
import dev.parfocal.detection.calibration.Target;
import dev.parfocal.detection.calibration.TemperatureScaling;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.metric.Matcher;
import dev.parfocal.detection.metric.Matches;
import dev.parfocal.detection.metric.WeightedPrecision;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A detector's detections made ready to be measured on any choice of the images. Its operating point, the score of each class
 * at which LRP is least, and its calibrators come from images of their own.
 */
public final class Judged {

    private static final int BINS = ReliabilityCurve.BINS;

    private final WeightedPrecision precision;
    private final RankCorrelation ranks;
    private final Matches all;
    private final Matches kept;
    private final Matches keptAtAnyIou;
    private final double[] thresholds;
    private final Map<Target, Double> temperatures = new EnumMap<>(Target.class);
    private final Map<Target, Matches> scaled = new EnumMap<>(Target.class);
    private final Map<Target, Matches> isotonic = new EnumMap<>(Target.class);

    private Judged(Matches fit, Dataset scored, List<Detection> detections) {
        precision = WeightedPrecision.of(scored, detections);
        all = Matcher.match(scored, detections, Lrp.IOU);
        ranks = new RankCorrelation(all);
        thresholds =
                Lrp.thresholds(Lrp.perClass(fit, Lrp.IOU), scored.categories().size());
        kept = all.from(thresholds);
        keptAtAnyIou = Matcher.match(scored, detections, 0).from(thresholds);
        Matches fitKept = fit.from(thresholds);
        for (Target target : Target.values()) {
            calibrate(fitKept, target);
        }
    }

    /**
     * Makes them ready.
     *
     * @param fit images to fit on, with the detections on them
     * @param scored images to measure on, with the detections on them
     */
    public static Judged of(Dataset fit, List<Detection> onFit, Dataset scored, List<Detection> onScored) {
        return new Judged(Matcher.match(fit, onFit, Lrp.IOU), scored, onScored);
    }

    private void calibrate(Matches fit, Target target) {
        if (fit.size() == 0) {
            return;
        }
        double[] score = new double[fit.size()];
        for (int i = 0; i < score.length; i++) {
            score[i] = fit.score(i);
        }
        double[] targets = target.of(fit);
        TemperatureScaling temperature = TemperatureScaling.fit(score, targets);
        Calibrator steps = IsotonicRegression.fit(score, targets);
        temperatures.put(target, temperature.temperature());
        scaled.put(target, temperature.apply(kept));
        isotonic.put(target, steps.apply(kept));
    }

    /**
     * All measures in their order; NaN where one does not exist.
     *
     * @param weights how often each image counts, by ascending id
     */
    public double[] of(int[] weights) {
        WeightedPrecision.Precision ap = precision.of(weights);
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        values.put(Measure.AP, ap.ap());
        values.put(Measure.AP50, ap.ap50());
        values.put(Measure.AP75, ap.ap75());
        values.put(Measure.OLRP, Lrp.mean(Lrp.perClass(all, Lrp.IOU, weights)));
        values.put(Measure.D_ECE, CalibrationError.dEce(kept, BINS, weights));
        values.put(Measure.D_ECE_TEMPERATURE, dEce(scaled, weights));
        values.put(Measure.D_ECE_ISOTONIC, dEce(isotonic, weights));
        values.put(Measure.D_ECE_ALL, CalibrationError.dEce(all, BINS, weights));
        values.put(Measure.LA_ECE, CalibrationError.laEce(kept, BINS, weights));
        values.put(Measure.LA_ECE_TEMPERATURE, laEce(scaled, weights));
        values.put(Measure.LA_ECE_ISOTONIC, laEce(isotonic, weights));
        values.put(Measure.LA_ACE, CalibrationError.laAce(keptAtAnyIou, weights));
        values.put(Measure.SPEARMAN, ranks.spearman(weights));
        return values.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double dEce(Map<Target, Matches> calibrated, int[] weights) {
        return Optional.ofNullable(calibrated.get(Target.HIT))
                .map(matches -> CalibrationError.dEce(matches, BINS, weights))
                .orElse(Double.NaN);
    }

    private static double laEce(Map<Target, Matches> calibrated, int[] weights) {
        return Optional.ofNullable(calibrated.get(Target.IOU))
                .map(matches -> CalibrationError.laEce(matches, BINS, weights))
                .orElse(Double.NaN);
    }

    /** Kendall's rank correlation of score and IoU. */
    public double kendall() {
        return ranks.kendall();
    }

    /** How many images are measured. */
    public int images() {
        return all.images();
    }

    /** The lowest score that counts at the operating point, by class in the order of {@link #classes()}. */
    public double[] thresholds() {
        return thresholds.clone();
    }

    /** The names of the classes. */
    public List<String> classes() {
        return all.classes();
    }

    /** The fitted temperature for a target; empty when there was nothing to fit. */
    public Optional<Double> temperature(Target target) {
        return Optional.ofNullable(temperatures.get(target));
    }

    /** How scores were treated. */
    public enum Treatment {
        RAW("as they are"),
        TEMPERATURE("after temperature scaling"),
        ISOTONIC("after isotonic regression");

        private final String words;

        Treatment(String words) {
            this.words = words;
        }

        /** The same in words. */
        public String words() {
            return words;
        }
    }

    /** Scores against what came of them at the operating point; empty when there was nothing to fit. */
    public Optional<ReliabilityCurve> reliability(Treatment treatment, Target target, int bins) {
        Optional<Matches> matches = switch (treatment) {
            case RAW -> Optional.of(kept);
            case TEMPERATURE -> Optional.ofNullable(scaled.get(target));
            case ISOTONIC -> Optional.ofNullable(isotonic.get(target));
        };
        return matches.map(each -> ReliabilityCurve.of(each, target, bins));
    }
}
