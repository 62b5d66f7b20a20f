package dev.parfocal.training.guard;

import dev.parfocal.core.ParfocalException;

/**
 * What a run does when a loss, a gradient or a weight is not finite. Whatever it does, it first says where, and keeps what
 * is needed to look into it: {@code incidents/step-N.safetensors} in the run's directory, for {@code parfocal replay}.
 *
 * @param policy what to do
 * @param factor of the learning rate after each rollback, in (0, 1)
 * @param rollbacks most rollbacks of a run, at least 1; then it stops
 * @param skips most steps skipped one after the other, at least 1; then it stops
 * @param keep most incidents kept, at least 1: the first, and the newest of the others
 * @param megabytes an incident that takes more is located, but not kept; at least 0
 */
public record GuardConfig(Policy policy, double factor, int rollbacks, int skips, int keep, int megabytes) {

    /** What to do. */
    public enum Policy {
        /** End the run with an error. */
        STOP,
        /** Leave the batch's update out, and go on with the next batch. */
        SKIP,
        /**
         * Go back to the last checkpoint, and on from there at a lower learning rate. If that fails before another
         * checkpoint is written, go back to the one before.
         */
        ROLLBACK
    }

    /** Stop. */
    public static final GuardConfig DEFAULT = new GuardConfig(Policy.STOP, 0.5, 3, 5, 5, 512);

    /** Checks the ranges. */
    public GuardConfig {
        if (!(factor > 0 && factor < 1)) {
            throw new ParfocalException("guard.factor must be above 0 and below 1, but is " + factor);
        }
        if (rollbacks < 1 || skips < 1 || keep < 1 || megabytes < 0) {
            throw new ParfocalException("guard: rollbacks (" + rollbacks + "), skips (" + skips + ") and keep (" + keep
                    + ") must be at least 1, megabytes (" + megabytes + ") at least 0");
        }
    }
}
