package dev.parfocal.cli.report;

import dev.parfocal.cli.chart.Curve;
import dev.parfocal.cli.chart.Figure;
import dev.parfocal.cli.chart.Panel;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.metric.ClassResult;
import dev.parfocal.detection.metric.CocoResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Precision over recall: of all classes together, and of each. */
final class PrecisionChart {
    private static final String TITLE = "Precision and recall";

    /** More curves than this in one panel are a tangle. */
    private static final int CURVES = 8;

    private static final Map<String, List<Double>> PANELS = new LinkedHashMap<>();

    static {
        PANELS.put("IoU 0.50", List.of(0.5));
        PANELS.put("IoU 0.75", List.of(0.75));
        PANELS.put("mean over IoU 0.50 to 0.95", CocoResult.ious());
    }

    private PrecisionChart() {}

    static Chart of(CocoResult result) {
        List<Category> all = result.classes().stream()
                .filter(each -> each.objects() > 0)
                .map(ClassResult::category)
                .toList();
        List<Category> shown = all.size() <= CURVES ? all : extremes(result);
        List<Line> lines = new ArrayList<>(List.of(new Line("all classes", result, all)));
        if (all.size() > 1) {
            shown.forEach(category -> lines.add(new Line(category.name(), result, List.of(category))));
        }
        String words = "Precision at every recall, as COCO samples it; the area below a curve is its average precision."
                + (all.size() > CURVES
                        ? " Of " + all.size() + " classes, the " + CURVES / 2 + " best and the " + CURVES / 2
                                + " worst have a curve."
                        : "");
        return of(words, lines);
    }

    /** The curve of several detectors over all classes of the same images. */
    static Chart among(Map<String, CocoResult> results) {
        List<Line> lines = new ArrayList<>();
        results.forEach((name, result) -> lines.add(new Line(
                name,
                result,
                result.classes().stream().map(ClassResult::category).toList())));
        return of("Over all classes, of the first seed of each.", lines);
    }

    /** A curve: the mean over some classes of a result. */
    private record Line(String name, CocoResult result, List<Category> classes) {

        Curve curve(int style, List<Double> ious) {
            double[] precision = result.precision(classes, ious).orElse(new double[0]);
            double[] recall = new double[precision.length];
            for (int level = 0; level < recall.length; level++) {
                recall[level] = level / (recall.length - 1.0);
            }
            return new Curve(style, recall, precision);
        }
    }

    private static Chart of(String words, List<Line> lines) {
        List<Panel> panels = new ArrayList<>();
        PANELS.forEach((name, ious) -> panels.add(new Panel(
                name,
                "recall",
                "precision",
                IntStream.range(0, lines.size())
                        .mapToObj(style -> lines.get(style).curve(style, ious))
                        .toList())));
        List<String> names = lines.stream().map(Line::name).toList();
        return Chart.of(TITLE, words, new Figure(TITLE, "", names, List.of(new Figure.Row(true, panels))));
    }

    private static List<Category> extremes(CocoResult result) {
        List<Category> ranked = result.classes().stream()
                .filter(each -> each.ap().isPresent())
                .sorted(Comparator.comparingDouble(
                        (ClassResult each) -> -each.ap().orElse(0)))
                .map(ClassResult::category)
                .toList();
        List<Category> ends = new ArrayList<>(ranked.subList(0, CURVES / 2));
        ends.addAll(ranked.subList(ranked.size() - CURVES / 2, ranked.size()));
        return ends;
    }
}
