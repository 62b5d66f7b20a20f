package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.Workers;

/**
 * Adds up a batch tile by tile. Tiles and chunks of tiles lie at the same places for any number of threads, and their sums
 * are added in double in their order: the total has the same bits.
 *
 * @param threads the most threads to share the work
 * @param tile the elements of a tile
 * @param chunk the tiles of a chunk, the unit that threads take
 */
record Sweep(int threads, int tile, int chunk) {

    /** Computes the elements in [from, to), and returns their sum. */
    @FunctionalInterface
    interface Tile {
        double run(int worker, int from, int to);
    }

    double sum(int elements, Tile task) {
        int step = tile * chunk;
        int chunks = Math.max(0, (elements - 1) / step + 1);
        if (elements == 0) {
            return 0;
        }
        double[] sums = new double[chunks];
        Workers.run(threads, chunks, (worker, index) -> {
            int begin = index * step;
            sums[index] = sum(task, worker, begin, (int) Math.min(elements, (long) begin + step));
        });
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        return total;
    }

    private double sum(Tile task, int worker, int begin, int end) {
        double sum = 0;
        for (int from = begin; from < end; from += tile) {
            sum += task.run(worker, from, Math.min(end, from + tile));
        }
        return sum;
    }
}
