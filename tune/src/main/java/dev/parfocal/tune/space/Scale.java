package dev.parfocal.tune.space;

/** How a range is searched. */
public enum Scale {
    /** Equal differences count alike. */
    LINEAR,
    /** Equal ratios count alike; both ends must be above 0. */
    LOG
}
