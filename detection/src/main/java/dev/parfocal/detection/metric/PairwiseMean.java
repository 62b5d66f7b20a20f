package dev.parfocal.detection.metric;

/** A mean whose additions happen in numpy's order, so that it agrees with {@code numpy.mean} to the last bit. */
final class PairwiseMean {

    /** numpy adds blocks of up to this length in eight interleaved sums. */
    private static final int BLOCK = 128;

    private PairwiseMean() {}

    /** The mean of those of {@code length} values from {@code offset} that are numbers; NaN when there are none. */
    static double ofNumbers(double[] values, int offset, int length) {
        double[] kept = new double[length];
        int count = 0;
        for (int i = offset; i < offset + length; i++) {
            if (!Double.isNaN(values[i])) {
                kept[count++] = values[i];
            }
        }
        return sum(kept, 0, count) / count;
    }

    private static double sum(double[] values, int from, int count) {
        if (count < 8) {
            double total = 0;
            for (int i = 0; i < count; i++) {
                total += values[from + i];
            }
            return total;
        }
        if (count <= BLOCK) {
            return blockSum(values, from, count);
        }
        int half = count / 2 - count / 2 % 8;
        return sum(values, from, half) + sum(values, from + half, count - half);
    }

    private static double blockSum(double[] values, int from, int count) {
        double[] lane = new double[8];
        System.arraycopy(values, from, lane, 0, 8);
        int whole = count - count % 8;
        for (int i = 8; i < whole; i++) {
            lane[i % 8] += values[from + i];
        }
        double total = ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
        for (int i = whole; i < count; i++) {
            total += values[from + i];
        }
        return total;
    }
}
