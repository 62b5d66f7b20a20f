package dev.parfocal.detection.metric;

import dev.parfocal.detection.truth.BoxTable;
import dev.parfocal.detection.truth.Boxes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many objects stand close to a box. */
final class Neighbours {

    private static final double LEAST_IOU = 0.1;

    private final BoxTable objects;
    private final BoxTable table;
    private final Map<Long, List<Integer>> byImage = new HashMap<>();
    private final int[] counts;

    /** Counts once for every row of a table, which is that of the objects or that of the detections. */
    Neighbours(Boxes boxes, BoxTable table) {
        this.table = table;
        objects = boxes.truth().objects();
        for (int row = 0; row < objects.size(); row++) {
            byImage.computeIfAbsent(objects.image(row), unseen -> new ArrayList<>())
                    .add(row);
        }
        counts = new int[table.size()];
        for (int row = 0; row < counts.length; row++) {
            counts[row] = counted(row);
        }
    }

    /** Of the objects that overlap, one is the box's own. */
    private int counted(int row) {
        long close = byImage.getOrDefault(table.image(row), List.of()).stream()
                .filter(object -> table.plainIou(row, objects, object) >= LEAST_IOU)
                .count();
        return (int) Math.max(0, close - 1);
    }

    double count(int row) {
        return counts[row];
    }
}
