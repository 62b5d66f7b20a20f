package dev.parfocal.tune.study;

import java.util.random.RandomGenerator;

/**
 * Proposes points. A sampler has no memory of its own: what it proposes follows from the history and the random numbers
 * alone, so that a study goes on after an interruption as if there had been none.
 */
@FunctionalInterface
public interface Sampler {

    /**
     * Proposes the point of the next trial, whose number is {@code history.trials().size()}.
     *
     * @param random the same numbers for the same seed and trial
     */
    Suggestion suggest(History history, RandomGenerator random);
}
