package dev.parfocal.tune.study;

/** How far a trial is. */
public enum State {
    /** Somebody works on it, or did and died. */
    RUNNING,
    /** It has its metrics. */
    COMPLETE,
    /** It was given up because others were better at the same step. */
    PRUNED,
    /** It ended without metrics: a result too. */
    FAILED
}
