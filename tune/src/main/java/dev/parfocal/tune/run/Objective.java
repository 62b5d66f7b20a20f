package dev.parfocal.tune.run;

/** What a trial does. */
@FunctionalInterface
public interface Objective {

    /** Does it; an exception is a failure of this trial alone. */
    Outcome run(Job job, Progress progress);

    /** Is told how a trial goes on. */
    @FunctionalInterface
    interface Progress {
        /**
         * Tells an intermediate value of the study's first metric.
         *
         * @param step ascending within a trial
         * @return whether to go on; if not, end with {@link Outcome#pruned()}
         */
        boolean goesOn(int step, double value);
    }
}
