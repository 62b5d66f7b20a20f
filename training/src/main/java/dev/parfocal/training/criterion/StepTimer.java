package dev.parfocal.training.criterion;

/** Receives the end of each part of a step's work. */
@FunctionalInterface
public interface StepTimer {
    /** Takes no times. */
    StepTimer NONE = part -> {};

    /**
     * A part is done: {@code assign}, {@code loss}, {@code backward}.
     *
     * @param part what was done since the last call
     */
    void lap(String part);
}
