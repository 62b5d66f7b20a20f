package dev.parfocal.detection.metric;

/** Stable merge sort by descending score: equal scores keep their order, as numpy's mergesort of negated scores does. */
final class ScoreOrder {

    private ScoreOrder() {}

    /** The positions 0 to {@code count - 1} in descending order of their scores, of which none is NaN. */
    static int[] descending(double[] score, int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        int[] other = new int[count];
        for (int run = 1; run < count && run > 0; run *= 2) {
            for (int from = 0; from < count; from += 2 * run) {
                merge(score, order, other, from, Math.min(from + run, count), Math.min(from + 2 * run, count));
            }
            int[] sorted = other;
            other = order;
            order = sorted;
        }
        return order;
    }

    private static void merge(double[] score, int[] source, int[] into, int from, int middle, int end) {
        int left = from;
        int right = middle;
        for (int at = from; at < end; at++) {
            boolean takeRight = left == middle || (right < end && score[source[right]] > score[source[left]]);
            into[at] = takeRight ? source[right++] : source[left++];
        }
    }
}
