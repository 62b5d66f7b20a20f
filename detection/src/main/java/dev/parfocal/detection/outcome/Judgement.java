package dev.parfocal.detection.outcome;

import java.util.Comparator;
import java.util.List;

/**
 * A detection that counts, right or wrong.
 *
 * @param row its row among the detections
 * @param image the number of its image
 * @param label the number of its class, or of the class it was moved to
 */
record Judgement(int row, int image, int label, double score, boolean isHit) {

    /** As COCO orders detections: equal scores by image, then as they were given. */
    static final Comparator<Judgement> BEST_FIRST = Comparator.comparingDouble((Judgement each) -> -each.score())
            .thenComparingInt(Judgement::image)
            .thenComparingInt(Judgement::row);

    private static final int LEVELS = 101;

    /** The same as a right detection of a class. */
    Judgement moved(int toLabel) {
        return new Judgement(row, image, toLabel, score, true);
    }

    /**
     * COCO's average precision, mean over the classes that have objects to find; NaN if none has.
     *
     * @param objects how many there are to find, by label
     */
    static double meanPrecision(List<Judgement> hits, int[] objects) {
        double sum = 0;
        int classes = 0;
        for (int label = 0; label < objects.length; label++) {
            if (objects[label] > 0) {
                int own = label;
                sum += precision(
                        hits.stream()
                                .filter(each -> each.label() == own)
                                .sorted(BEST_FIRST)
                                .toList(),
                        objects[label]);
                classes++;
            }
        }
        return sum / classes;
    }

    private static double precision(List<Judgement> bestFirst, int objects) {
        double[] recall = new double[bestFirst.size()];
        double[] precision = new double[bestFirst.size()];
        double found = 0;
        for (int i = 0; i < recall.length; i++) {
            found += bestFirst.get(i).isHit() ? 1 : 0;
            recall[i] = found / objects;
            precision[i] = found / (i + 1);
        }
        for (int i = recall.length - 1; i > 0; i--) {
            precision[i - 1] = Math.max(precision[i - 1], precision[i]);
        }
        double sum = 0;
        int at = 0;
        for (int level = 0; level < LEVELS; level++) {
            while (at < recall.length && recall[at] < level * 0.01) {
                at++;
            }
            sum += at < recall.length ? precision[at] : 0;
        }
        return sum / LEVELS;
    }
}
