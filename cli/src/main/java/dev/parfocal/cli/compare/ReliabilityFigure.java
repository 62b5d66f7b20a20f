package dev.parfocal.cli.compare;

import dev.parfocal.cli.chart.Curve;
import dev.parfocal.cli.chart.Figure;
import dev.parfocal.cli.chart.Panel;
import dev.parfocal.detection.calibration.ReliabilityCurve;
import dev.parfocal.detection.calibration.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Scores against what came of them, loss by loss, before and after calibration. */
public final class ReliabilityFigure {

    private static final int BINS = 10;

    /** A bin of fewer detections says little and is left out, as Küppers et al. do. */
    private static final int LEAST = 8;

    private ReliabilityFigure() {}

    /** Two rows of panels: precision, and IoU; the diagonal is perfect calibration. */
    public static Figure of(List<Entry> entries, String title) {
        List<String> legend = new ArrayList<>();
        entries.forEach(entry -> legend.add(entry.name()));
        legend.add("perfect");
        List<Figure.Row> rows = new ArrayList<>();
        rows.add(row(entries, Target.HIT, "share that found an object"));
        rows.add(row(entries, Target.IOU, "mean IoU, 0 if nothing found"));
        return new Figure(title, "at each detector's operating point, all seeds together", legend, rows);
    }

    private static Figure.Row row(List<Entry> entries, Target target, String yLabel) {
        List<Panel> panels = new ArrayList<>();
        for (Judged.Treatment treatment : Judged.Treatment.values()) {
            List<Curve> curves = new ArrayList<>();
            for (int number = 0; number < entries.size(); number++) {
                curves.add(curve(entries.get(number), number, treatment, target));
            }
            double[] ends = {0, 1};
            curves.add(new Curve(entries.size(), ends, ends));
            panels.add(new Panel("scores " + treatment.words(), "score", yLabel, curves));
        }
        return new Figure.Row(true, panels);
    }

    private static Curve curve(Entry entry, int style, Judged.Treatment treatment, Target target) {
        double[] score = new double[BINS];
        double[] outcome = new double[BINS];
        double[] count = new double[BINS];
        for (Scores scores : entry.seeds()) {
            scores.judged().reliability(treatment, target, BINS).ifPresent(curve -> add(curve, score, outcome, count));
        }
        DoubleStream.Builder x = DoubleStream.builder();
        DoubleStream.Builder y = DoubleStream.builder();
        for (int bin = 0; bin < BINS; bin++) {
            if (count[bin] >= LEAST) {
                x.add(score[bin] / count[bin]);
                y.add(outcome[bin] / count[bin]);
            }
        }
        return new Curve(style, x.build().toArray(), y.build().toArray());
    }

    private static void add(ReliabilityCurve curve, double[] score, double[] outcome, double[] count) {
        for (int bin = 0; bin < count.length; bin++) {
            if (curve.count()[bin] > 0) {
                score[bin] += curve.count()[bin] * curve.score()[bin];
                outcome[bin] += curve.count()[bin] * curve.outcome()[bin];
                count[bin] += curve.count()[bin];
            }
        }
    }
}
