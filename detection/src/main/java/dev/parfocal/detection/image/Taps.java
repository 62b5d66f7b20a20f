package dev.parfocal.detection.image;

/**
 * Which source pixels a resized line reads: pixel {@code i} is the sum of {@code weights[i][k] * source[first[i] + k]};
 * its weights sum to 1.
 */
record Taps(int[] first, float[][] weights) {

    int count() {
        return first.length;
    }

    static Taps of(int oldSize, int newSize) {
        double step = (double) oldSize / newSize;
        double reach = Math.max(1, step);
        int[] first = new int[newSize];
        float[][] weights = new float[newSize][];
        for (int i = 0; i < newSize; i++) {
            double centre = (i + 0.5) * step;
            int from = Math.max(0, (int) Math.floor(centre - reach));
            int to = Math.min(oldSize, (int) Math.ceil(centre + reach));
            first[i] = from;
            weights[i] = triangle(centre, reach, from, to);
        }
        return new Taps(first, weights);
    }

    private static float[] triangle(double centre, double reach, int from, int to) {
        double[] raw = new double[to - from];
        double sum = 0;
        for (int k = 0; k < raw.length; k++) {
            raw[k] = Math.max(0, 1 - Math.abs(from + k + 0.5 - centre) / reach);
            sum += raw[k];
        }
        float[] weights = new float[raw.length];
        for (int k = 0; k < raw.length; k++) {
            weights[k] = (float) (raw[k] / sum);
        }
        return weights;
    }
}
