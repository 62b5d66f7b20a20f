package dev.parfocal.training.diagnose;

/** How much a finding matters. */
public enum Severity {
    /** Training cannot work well like this. */
    SEVERE,
    /** Training works, but not as well as it could. */
    WARNING,
    /** Worth knowing. */
    NOTE
}
