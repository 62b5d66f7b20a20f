package dev.parfocal.detection.assign;

/** Chooses which priors of an image are learnt from. Implementations are values, safe to share between threads. */
public interface Sampler {

    /**
     * The same assignment for the priors that are drawn; the others become {@link Assignment#IGNORE}.
     *
     * @param seed decides what is drawn: the same seed draws the same priors
     */
    Assignment sample(Assignment all, long seed);
}
