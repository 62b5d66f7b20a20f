package dev.parfocal.training.criterion;

import dev.parfocal.core.guard.NonFiniteLossException;
import dev.parfocal.core.loss.Batch;
import java.util.stream.IntStream;

/**
 * Which rows of an output a loss's rows or boxes were gathered from: as many as these, or a fixed number for each.
 *
 * @param row number in the batch
 * @param label the class that it is to learn; negative: none
 */
record GatheredRows(int[] row, int[] label) {

    /** The rows that own an object. */
    static GatheredRows of(Positives positives) {
        return new GatheredRows(positives.row(), positives.label());
    }

    /** All rows, in their order. */
    static GatheredRows all(int[] label) {
        return new GatheredRows(IntStream.range(0, label.length).toArray(), label);
    }

    /** The same failure, at the row of the output. */
    NonFiniteLossException named(NonFiniteLossException failure, Batch batch) {
        return row.length == 0 ? failure : failure.ofPoints(row, label, batch.anchors() / row.length);
    }
}
