package dev.parfocal.detection.metric;

import dev.parfocal.core.ParfocalException;
import java.util.Arrays;

/** Greedy suppression of duplicates: of detections of one class that overlap, the one of the highest score stays. */
public final class Nms {

    private Nms() {}

    /**
     * Suppresses within every class: a detection goes when its IoU with a better one that stays is above {@code iou}. Equal
     * scores count in the order given. Detections whose score is NaN go, and boxes without area overlap nothing.
     *
     * @param boxes {@code [n, 4]} x1, y1, x2, y2
     * @param scores {@code [n]}
     * @param labels {@code [n]} the class of each
     * @param iou the overlap that is allowed, in [0, 1]
     * @param max the most detections to keep over all classes, best scores first; at least 0
     * @return the indices of those that stay, best score first
     */
    public static int[] perClass(float[] boxes, float[] scores, int[] labels, double iou, int max) {
        int count = scores.length;
        if (boxes.length != 4 * count || labels.length != count) {
            throw new ParfocalException("suppression needs boxes [n, 4], scores [n] and labels [n], not " + boxes.length
                    + ", " + count + " and " + labels.length + " numbers");
        }
        if (!(iou >= 0 && iou <= 1) || max < 0) {
            throw new ParfocalException("suppression needs an IoU in [0, 1] and a number to keep of at least 0, not "
                    + iou + " and " + max);
        }
        return suppress(new Boxes(boxes, labels, bestFirst(scores)), iou, max);
    }

    /**
     * The best without any suppression; equal scores count in the order given. Detections whose score is NaN go.
     *
     * @param scores {@code [n]}
     * @param max the most to keep; at least 0
     * @return the indices of those that stay, best score first
     */
    public static int[] best(float[] scores, int max) {
        int[] order = bestFirst(scores);
        return Arrays.copyOf(order, Math.min(max, order.length));
    }

    private static int[] bestFirst(float[] scores) {
        int[] valid = new int[scores.length];
        double[] score = new double[scores.length];
        int count = 0;
        for (int i = 0; i < scores.length; i++) {
            if (!Float.isNaN(scores[i])) {
                valid[count] = i;
                score[count++] = scores[i];
            }
        }
        int[] order = ScoreOrder.descending(score, count);
        for (int i = 0; i < count; i++) {
            order[i] = valid[order[i]];
        }
        return order;
    }

    /** Compares each candidate with those of its class that stay: they are linked from the latest to the first. */
    private static int[] suppress(Boxes candidates, double iou, int max) {
        int[] kept = new int[Math.min(max, candidates.order.length)];
        int[] previous = new int[kept.length];
        int[] latest = candidates.emptyChains();
        int count = 0;
        for (int i = 0; i < candidates.order.length && count < kept.length; i++) {
            int candidate = candidates.order[i];
            int label = candidates.labels[candidate];
            int other = latest[label];
            while (other >= 0 && candidates.iou(candidate, kept[other]) <= iou) {
                other = previous[other];
            }
            if (other < 0) {
                kept[count] = candidate;
                previous[count] = latest[label];
                latest[label] = count++;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private record Boxes(float[] boxes, int[] labels, int[] order) {

        /** For every class the end of an empty chain. */
        int[] emptyChains() {
            int most = -1;
            for (int candidate : order) {
                if (labels[candidate] < 0) {
                    throw new ParfocalException(
                            "detection " + candidate + " has the label " + labels[candidate] + ": labels start at 0");
                }
                most = Math.max(most, labels[candidate]);
            }
            int[] chains = new int[most + 1];
            Arrays.fill(chains, -1);
            return chains;
        }

        double iou(int first, int second) {
            int a = 4 * first;
            int b = 4 * second;
            double width = (double) Math.min(boxes[a + 2], boxes[b + 2]) - Math.max(boxes[a], boxes[b]);
            double height = (double) Math.min(boxes[a + 3], boxes[b + 3]) - Math.max(boxes[a + 1], boxes[b + 1]);
            if (!(width > 0 && height > 0)) {
                return 0;
            }
            double both = width * height;
            return both / (area(a) + area(b) - both);
        }

        private double area(int at) {
            return ((double) boxes[at + 2] - boxes[at]) * ((double) boxes[at + 3] - boxes[at + 1]);
        }
    }
}
