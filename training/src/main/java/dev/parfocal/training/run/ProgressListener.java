package dev.parfocal.training.run;

import dev.parfocal.training.record.StepRecord;
import dev.parfocal.training.weights.WeightReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Is told how a run goes on. Called on the training thread; it should return soon. */
public interface ProgressListener {
    /** Does nothing. */
    ProgressListener SILENT = new ProgressListener() {};

    /** Published weights were loaded. */
    default void loaded(WeightReport report) {}

    /**
     * How much each class counts in losses that weigh classes.
     *
     * @param weights by the loss's place in the configuration and the class's name
     */
    default void weighed(Map<String, Map<String, Double>> weights) {}

    /** The run is about to take its first step. */
    default void started(Start start) {}

    /** The factors that make classification as strong as {@code loss.gain} states were measured, or read on resuming. */
    default void gained(Map<String, Double> gain) {}

    /** A step was taken. */
    default void step(Step step) {}

    /** The model was evaluated. */
    default void evaluated(int epoch, Map<String, Double> metrics) {}

    /** A step's numbers were not finite; the run goes on. */
    default void incident(Incident incident) {}

    /** The run was asked to stop; its checkpoint is written and it can be resumed. */
    default void stopped(long step, Path run) {}

    /**
     * What a run is.
     *
     * @param firstStep 0, or where a resumed run goes on
     */
    record Start(long parameters, int images, int epochs, long firstStep, long steps) {}

    /**
     * One step.
     *
     * @param record everything about it
     * @param steps of the whole run
     * @param left estimated time to the end of the run
     */
    record Step(StepRecord record, long steps, Duration left) {
        /** The pass over the images, from 1. */
        public int epoch() {
            return record.epoch();
        }

        /** Its number, from 1. */
        public long step() {
            return record.step();
        }
    }
}
