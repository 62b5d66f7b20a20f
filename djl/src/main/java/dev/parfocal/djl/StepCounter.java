package dev.parfocal.djl;

import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListenerAdapter;
import dev.parfocal.core.ParfocalException;

/**
 * Counts the steps of a training, for schedules. Give it to DJL's {@code TrainingConfig} among the training listeners, or,
 * in a loop of your own, call {@link #advance} after each step.
 */
public final class StepCounter extends TrainingListenerAdapter {

    private final long steps;
    private volatile long step;

    /**
     * A counter at the first step.
     *
     * @param steps of the whole training: batches of an epoch times epochs; at least 1
     */
    public StepCounter(long steps) {
        if (steps < 1) {
            throw new ParfocalException("a training has 1 step or more, not " + steps);
        }
        this.steps = steps;
    }

    /** The step under way, from 0. */
    public long step() {
        return step;
    }

    /** Steps of the whole training. */
    public long steps() {
        return steps;
    }

    /** Goes on to the next step. */
    public void advance() {
        step++;
    }

    /** A training that goes on later starts its counter here. */
    public void set(long reached) {
        step = reached;
    }

    @Override
    public void onTrainingBatch(Trainer trainer, BatchData batchData) {
        advance();
    }
}
