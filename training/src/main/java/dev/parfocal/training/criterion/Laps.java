package dev.parfocal.training.criterion;

/** Is told when a part of a step's work is done. */
@FunctionalInterface
public interface Laps {
    /** Nobody listens. */
    Laps NONE = part -> {};

    /**
     * A part is done: {@code assign}, {@code loss}, {@code backward}.
     *
     * @param part what was done since the last call
     */
    void lap(String part);
}
