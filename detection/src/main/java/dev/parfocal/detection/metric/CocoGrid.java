package dev.parfocal.detection.metric;

/** The thresholds at which COCO measures. The numbers are numpy's {@code linspace}, to the last bit. */
final class CocoGrid {

    private static final double[] IOU = linspace(0.5, 0.95, 10);
    private static final double[] RECALL = linspace(0, 1, 101);
    private static final int[] MAX_DETECTIONS = {1, 10, 100};

    /** How many IoU thresholds there are: 0.50, 0.55 … 0.95. */
    static final int IOUS = IOU.length;

    /** How many recall levels there are: 0.00, 0.01 … 1.00. */
    static final int RECALLS = RECALL.length;

    /** How many limits on detections per image and class there are. */
    static final int LIMITS = MAX_DETECTIONS.length;

    private CocoGrid() {}

    static double iou(int index) {
        return IOU[index];
    }

    static double recall(int index) {
        return RECALL[index];
    }

    /** The most detections per image and class that count: 1, 10 or 100, best scores first. */
    static int limit(int index) {
        return MAX_DETECTIONS[index];
    }

    private static double[] linspace(double first, double last, int count) {
        double step = (last - first) / (count - 1);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = i * step + first;
        }
        values[count - 1] = last;
        return values;
    }
}
