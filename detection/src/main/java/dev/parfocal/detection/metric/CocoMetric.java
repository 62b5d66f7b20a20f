package dev.parfocal.detection.metric;

import java.util.Locale;

/** The twelve numbers of a COCO box evaluation, in pycocotools' order. */
public enum CocoMetric {
    /** Average precision, mean over IoU 0.50 to 0.95. */
    AP("AP", true, -1, AreaRange.ALL, 2),
    /** Average precision at IoU 0.50. */
    AP50("AP50", true, 0, AreaRange.ALL, 2),
    /** Average precision at IoU 0.75. */
    AP75("AP75", true, 5, AreaRange.ALL, 2),
    /** Average precision of objects up to 32² pixels. */
    AP_SMALL("APs", true, -1, AreaRange.SMALL, 2),
    /** Average precision of objects from 32² to 96² pixels. */
    AP_MEDIUM("APm", true, -1, AreaRange.MEDIUM, 2),
    /** Average precision of objects from 96² pixels. */
    AP_LARGE("APl", true, -1, AreaRange.LARGE, 2),
    /** Average recall with 1 detection per image and class. */
    AR1("AR1", false, -1, AreaRange.ALL, 0),
    /** Average recall with 10 detections per image and class. */
    AR10("AR10", false, -1, AreaRange.ALL, 1),
    /** Average recall with 100 detections per image and class. */
    AR100("AR100", false, -1, AreaRange.ALL, 2),
    /** Average recall of objects up to 32² pixels. */
    AR_SMALL("ARs", false, -1, AreaRange.SMALL, 2),
    /** Average recall of objects from 32² to 96² pixels. */
    AR_MEDIUM("ARm", false, -1, AreaRange.MEDIUM, 2),
    /** Average recall of objects from 96² pixels. */
    AR_LARGE("ARl", false, -1, AreaRange.LARGE, 2);

    private final String key;
    private final boolean precision;
    private final int iou;
    private final AreaRange area;
    private final int limit;

    CocoMetric(String key, boolean precision, int iou, AreaRange area, int limit) {
        this.key = key;
        this.precision = precision;
        this.iou = iou;
        this.area = area;
        this.limit = limit;
    }

    /** The name of the number in files and tables. */
    public String key() {
        return key;
    }

    /** The number's conditions in pycocotools' words. */
    public String description() {
        String title = precision ? "Average Precision  (AP)" : "Average Recall     (AR)";
        String range = iou < 0 ? "0.50:0.95" : String.format(Locale.ROOT, "%-9.2f", CocoGrid.iou(iou));
        return String.format(
                Locale.ROOT,
                "%s @[ IoU=%s | area=%6s | maxDets=%3d ]",
                title,
                range,
                area.name().toLowerCase(Locale.ROOT),
                CocoGrid.limit(limit));
    }

    /** The mean over the classes, thresholds and recall levels that have a value; NaN when none has. */
    double of(CocoTables tables) {
        int first = iou < 0 ? 0 : iou;
        int last = iou < 0 ? CocoGrid.IOUS - 1 : iou;
        return precision ? tables.meanPrecision(area, first, last) : tables.meanRecall(area, limit, first, last);
    }
}
