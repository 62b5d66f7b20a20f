package dev.parfocal.training.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the signals of a step's losses travel back through a detector.
 *
 * @param outputs what each output's rows learn
 * @param gradients at each place, from the outputs to the images, the Euclidean norm of each component's gradient, with its
 *     weight in the step; components that do not reach a place are left out
 * @param cosines at each place between the gradients of two components that both reach it
 */
public record Signals(
        Map<String, Matched> outputs, Map<String, Map<String, Double>> gradients, Map<String, List<Cosine>> cosines) {

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

    /** At each place each component's share of the sum of the norms there. */
    public Map<String, Map<String, Double>> shares() {
        Map<String, Map<String, Double>> shares = new LinkedHashMap<>();
        gradients.forEach((place, norms) -> {
            double sum = norms.values().stream().mapToDouble(norm -> norm).sum();
            Map<String, Double> own = new LinkedHashMap<>();
            norms.forEach((component, norm) -> own.put(component, sum == 0 ? 0 : norm / sum));
            shares.put(place, own);
        });
        return shares;
    }

    /** The components that reach any place, by name. */
    public List<String> components() {
        return gradients.values().stream()
                .flatMap(norms -> norms.keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
