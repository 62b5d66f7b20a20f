package dev.parfocal.core.loss;

/** The code of a loss for calls of one structure. */
interface KindCode {

    /** How a batch is cut into tiles. */
    Sweep sweep(Call call, int threads);

    /** What one thread keeps to run the code; it is used for further calls too. */
    TileRun run(Call call, Division division);

    /** Whether no faster code is being compiled. */
    boolean isWarm();
}
