package dev.parfocal.training.criterion;

import dev.parfocal.core.loss.Evaluation;
import java.util.List;
import java.util.Map;

/**
 * How the signals of a step's losses travel back.
 *
 * @param evaluations of each component, with its weight in this step
 * @param outputs what was matched at each output
 * @param gradients at each place, from the outputs to the images, the Euclidean norm of each component's gradient; components
 *     that do not reach a place are left out
 * @param cosines at each place between the gradients of two components that both reach it
 */
public record Signals(
        Map<String, Evaluation> evaluations,
        Map<String, Matched> outputs,
        Map<String, Map<String, Double>> gradients,
        Map<String, List<Cosine>> cosines) {

    /**
     * What an output's rows learn, by level of its priors.
     *
     * @param positives {@code [levels]} rows that own an object
     * @param ignored {@code [levels]} rows that are not learnt from
     * @param sampled {@code [levels]} all others: learnt as an object or as background
     */
    public record Matched(long[] positives, long[] ignored, long[] sampled) {}

    /**
     * How far two components agree at a place.
     *
     * @param cosine of the angle between their gradients, in [-1, 1]
     */
    public record Cosine(String first, String second, double cosine) {}
}
