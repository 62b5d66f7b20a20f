package dev.parfocal.cli.report;

import dev.parfocal.cli.chart.Curve;
import dev.parfocal.cli.chart.Figure;
import dev.parfocal.cli.chart.Panel;
import dev.parfocal.cli.text.TextTable;
import dev.parfocal.detection.calibration.ReliabilityCurve;
import dev.parfocal.detection.calibration.Target;
import dev.parfocal.detection.metric.Matches;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Whether scores mean what they say: scores against what came of them. */
final class ReliabilityChart {
    private static final int BINS = 10;
    /** A bin of fewer detections says little: it is in the table, not in the picture. */
    private static final int LEAST = 8;

    private ReliabilityChart() {}

    /** Of matches at IoU 0.5. */
    static Chart of(Matches matches) {
        ReliabilityCurve hits = ReliabilityCurve.of(matches, Target.HIT, BINS);
        ReliabilityCurve overlaps = ReliabilityCurve.of(matches, Target.IOU, BINS);
        TextTable numbers = new TextTable("scores", ">detections", ">mean score", ">found an object", ">mean IoU");
        for (int bin = 0; bin < BINS; bin++) {
            numbers.row(
                    String.format(Locale.ROOT, "%.1f to %.1f", bin / 10.0, (bin + 1) / 10.0),
                    String.valueOf(hits.count()[bin]),
                    Shown.number(hits.score()[bin]),
                    Shown.number(hits.outcome()[bin]),
                    Shown.number(overlaps.outcome()[bin]));
        }
        Figure figure = new Figure(
                "Reliability",
                "",
                List.of("detections", "perfect"),
                List.of(new Figure.Row(
                        true,
                        List.of(
                                panel("as a probability", "share that found an object", hits),
                                panel("as a quality", "mean IoU, 0 if nothing found", overlaps)))));
        return Chart.of(
                        "Reliability of scores",
                        "All detections, by their scores. On the diagonal a score is what it says: the probability that the"
                                + " detection found an object (IoU from 0.5), or the IoU to expect. Groups of fewer than "
                                + LEAST + " detections are left out of the picture.",
                        figure)
                .with(numbers);
    }

    private static Panel panel(String title, String yLabel, ReliabilityCurve reliability) {
        DoubleStream.Builder x = DoubleStream.builder();
        DoubleStream.Builder y = DoubleStream.builder();
        for (int bin = 0; bin < BINS; bin++) {
            if (reliability.count()[bin] >= LEAST) {
                x.add(reliability.score()[bin]);
                y.add(reliability.outcome()[bin]);
            }
        }
        double[] ends = {0, 1};
        return new Panel(
                title,
                "score",
                yLabel,
                List.of(new Curve(0, x.build().toArray(), y.build().toArray()), new Curve(1, ends, ends)));
    }
}
