package dev.parfocal.detection.outcome;

import dev.parfocal.detection.data.Category;
import java.util.Arrays;
import java.util.List;

/**
 * Which class is taken for which.
 *
 * @param categories by label
 * @param counts {@code [classes + 1][classes + 1]} by the true class, then by the detected one; the last row counts
 *     detections of nothing, the last column objects that were missed; the corner is 0
 */
public record Confusion(List<Category> categories, int[][] counts) {

    /** Copies the list. */
    public Confusion {
        categories = List.copyOf(categories);
    }

    /** Counts the outcomes of some images. */
    public static Confusion of(List<Category> categories, List<ImageOutcome> outcomes) {
        int nothing = categories.size();
        int[][] counts = new int[nothing + 1][nothing + 1];
        for (ImageOutcome outcome : outcomes) {
            outcome.right()
                    .forEach(pair ->
                            counts[pair.object().label()][pair.detection().label()]++);
            outcome.confused()
                    .forEach(pair ->
                            counts[pair.object().label()][pair.detection().label()]++);
            outcome.invented().forEach(detection -> counts[nothing][detection.label()]++);
            outcome.missed().forEach(object -> counts[object.label()][nothing]++);
        }
        return new Confusion(categories, counts);
    }

    /** How many objects of a class there are; of the last row, how many detections of nothing. */
    public int total(int row) {
        return Arrays.stream(counts[row]).sum();
    }
}
