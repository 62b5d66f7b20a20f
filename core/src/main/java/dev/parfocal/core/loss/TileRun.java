package dev.parfocal.core.loss;

/** One thread's means to evaluate tiles. */
interface TileRun {

    /** Turns to another call. */
    void begin(Call call, Division division);

    /** Evaluates the elements in [from, to), and returns the sum of their weighted values. */
    double tile(int from, int to);

    /** How many positives the tiles had since the last {@link #begin}. */
    long positives();
}
