package dev.parfocal.spark;

import java.io.Serializable;

/**
 * What an executor tells the driver of a trial.
 *
 * @param desk whom it is for
 * @param attempt ascending with Spark's attempts at anything
 * @param line what the trial's process said; empty: the attempt begins
 */
record Word(String desk, int trial, long attempt, String line) implements Serializable {

    /** What is told of a process that was asked to end by others and said nothing itself. */
    static final String STOPPED = "stopped";

    /** The answer to the end of a process that was stopped by neither the driver nor itself: try again. */
    static final String AGAIN = "again";
}
