package dev.parfocal.tune.study;

/** Decides whether to give a running trial up, from its intermediate values and those of the others. */
@FunctionalInterface
public interface Pruner {
    /** Lets every trial run to its end. */
    Pruner NEVER = (history, trial) -> false;

    /** Whether to give it up, having just reported its last intermediate value. */
    boolean prunes(History history, Trial trial);
}
