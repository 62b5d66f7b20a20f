package dev.parfocal.detection.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The numbers that sum up an evaluation, in pycocotools' order. */
final class Summary {

    private final CocoTables tables;
    private final EvaluationOptions options;
    private final Map<String, int[]> groups;
    private final List<Figure> figures = new ArrayList<>();

    private Summary(CocoTables tables, EvaluationOptions options, Map<String, int[]> groups) {
        this.tables = tables;
        this.options = options;
        this.groups = groups;
    }

    /**
     * Sums up: AP over all thresholds, at each that {@code options} ask for by itself, and by size; AR with each limit, and by
     * size.
     *
     * @param groups of classes, by frequency, for each of which there is an AP
     */
    static List<Figure> of(CocoTables tables, EvaluationOptions options, Map<String, int[]> groups) {
        Summary summary = new Summary(tables, options, groups);
        summary.precisions();
        summary.recalls();
        return List.copyOf(summary.figures);
    }

    private void precisions() {
        int last = options.ious().size() - 1;
        int limit = options.limits().size() - 1;
        precision("AP", range(), 0, 0, last);
        for (int t = 0; t <= last && last > 0; t++) {
            double iou = options.ious().get(t);
            // Of COCO's own ten, pycocotools shows two.
            if (!options.ious().equals(EvaluationOptions.COCO.ious()) || t == 0 || Math.abs(iou - 0.75) < 1e-9) {
                precision("AP" + percent(iou), String.format(Locale.ROOT, "%-9.2f", iou), 0, t, t);
            }
        }
        for (int a = 0; a < options.areas().size(); a++) {
            precision("AP" + suffix(a), range(), a + 1, 0, last);
        }
        groups.forEach((name, labels) -> figures.add(new Figure(
                "AP" + name,
                String.format(
                        Locale.ROOT,
                        "Average Precision  (AP) @[ IoU=%s | frequency=%s | maxDets=%3d ]",
                        range(),
                        name,
                        options.limits().get(limit)),
                CocoResult.present(tables.meanPrecisionOf(labels)))));
        for (int l = 0; l <= limit; l++) {
            recall("AR" + options.limits().get(l), 0, l);
        }
    }

    private void recalls() {
        for (int a = 0; a < options.areas().size(); a++) {
            recall("AR" + suffix(a), a + 1, options.limits().size() - 1);
        }
    }

    private void precision(String key, String iou, int stratum, int first, int last) {
        int limit = options.limits().size() - 1;
        figures.add(figure(
                key, "Average Precision  (AP)", iou, stratum, limit, tables.meanPrecision(stratum, first, last)));
    }

    private void recall(String key, int stratum, int limit) {
        double value = tables.meanRecall(stratum, limit, 0, options.ious().size() - 1);
        figures.add(figure(key, "Average Recall     (AR)", range(), stratum, limit, value));
    }

    private Figure figure(String key, String title, String iou, int stratum, int limit, double value) {
        String area = stratum == 0 ? "all" : options.areas().get(stratum - 1).name();
        String description = String.format(
                Locale.ROOT,
                "%s @[ IoU=%s | area=%6s | maxDets=%3d ]",
                title,
                iou,
                area,
                options.limits().get(limit));
        return new Figure(key, description, CocoResult.present(value));
    }

    private String range() {
        double first = options.ious().get(0);
        double last = options.ious().get(options.ious().size() - 1);
        return first == last
                ? String.format(Locale.ROOT, "%-9.2f", first)
                : String.format(Locale.ROOT, "%.2f:%.2f", first, last);
    }

    /** 50 for 0.5, 62.5 for 0.625. */
    private static String percent(double iou) {
        double percent = Math.rint(iou * 1e6) / 1e4;
        return percent == Math.rint(percent) ? String.valueOf((long) percent) : String.valueOf(percent);
    }

    /** COCO's sizes go by their first letters. */
    private String suffix(int area) {
        String name = options.areas().get(area).name();
        return options.areas().equals(AreaRange.COCO) ? name.substring(0, 1) : "-" + name;
    }
}
