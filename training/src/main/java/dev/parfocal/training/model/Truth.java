package dev.parfocal.training.model;

import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.data.Annotation;
import java.util.List;
import java.util.Optional;

/**
 * What a model may know of the objects while it trains: region sampling and denoising need them, nothing else looks.
 *
 * @param objects of each image, boxes in pixels of the model's input; absent in use
 * @param seed of what is drawn in this step
 * @param matcher decides what proposals have to learn
 */
public record Truth(Optional<List<List<Annotation>>> objects, long seed, Matcher matcher) {

    /** In use nothing is known. */
    public static final Truth UNKNOWN = new Truth(Optional.empty(), 0, Truth::refuse);

    /** In training of a model that has no proposals. */
    public static Truth of(List<List<Annotation>> objects, long seed) {
        return new Truth(Optional.of(objects), seed, Truth::refuse);
    }

    private static Assignment refuse(String output, Priors proposals, List<Annotation> objects, long seed) {
        throw new IllegalStateException("nothing matches proposals here");
    }

    /** Gives proposals to objects, and draws which are learnt from; the others are ignored. */
    public interface Matcher {
        /**
         * What the proposals of an image have to learn.
         *
         * @param output at which they are learnt
         * @param seed of what is drawn
         */
        Assignment match(String output, Priors proposals, List<Annotation> objects, long seed);
    }
}
