package dev.parfocal.detection.truth;

import java.util.Arrays;

/** Finds the places of ids among ascending ones; by a table where they lie close together. */
final class IdIndex {

    private static final int UNKNOWN = -1;

    /** A table has at most so many places for each id. */
    private static final int LOOSENESS = 8;

    private final long[] ids;
    private final int[] table;

    private IdIndex(long[] ids, int[] table) {
        this.ids = ids;
        this.table = table;
    }

    /** Of ids that ascend. */
    static IdIndex of(long[] ids) {
        if (ids.length == 0) {
            return new IdIndex(ids, new int[0]);
        }
        long span = ids[ids.length - 1] - ids[0];
        // A span that does not fit into a long has come out negative.
        if (span < 0 || span > (long) LOOSENESS * ids.length) {
            return new IdIndex(ids, new int[0]);
        }
        int[] table = new int[(int) span + 1];
        Arrays.fill(table, UNKNOWN);
        for (int place = 0; place < ids.length; place++) {
            table[(int) (ids[place] - ids[0])] = place;
        }
        return new IdIndex(ids, table);
    }

    /** The place of an id; negative if it is not among them. */
    int of(long id) {
        if (table.length == 0) {
            return Arrays.binarySearch(ids, id);
        }
        long offset = id - ids[0];
        return offset < 0 || offset >= table.length ? UNKNOWN : table[(int) offset];
    }
}
