package dev.parfocal.training.criterion;

/** A loss on the logits of an output. */
interface ClassLoss extends Task {

    /** The name of its component. */
    String component();

    /** What the class of each positive row's object is to score, in [0, 1]. */
    float[] quality(Positives positives);

    /** The loss of each positive row's own class, times the configured weight. */
    float[] ofPositives(MatchedOutput matched, StepSettings settings);

    @Override
    default String name() {
        return DETECTION;
    }
}
