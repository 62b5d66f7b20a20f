package dev.parfocal.tune.run;

/** A place where trials run. */
public interface Trials extends AutoCloseable {

    /** How many run at once, at least 1. */
    int slots();

    /**
     * Starts a trial and returns at once. Whatever becomes of it, the observer is told its end, once.
     */
    void start(Job job, Observer observer);

    /** Stops what still runs; its end is {@link Outcome.Kind#STOPPED}. */
    @Override
    void close();

    /** Hears from running trials, on any thread. */
    interface Observer {

        /** An intermediate value; returns whether the trial is to go on. */
        boolean reported(int trial, int step, double value);

        /** The end of a trial. */
        void ended(int trial, Outcome outcome);
    }
}
