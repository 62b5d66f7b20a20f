package dev.parfocal.training.guard;

/** The parts of a step, in the order in which numbers pass through them. */
public enum Stage {
    /** Pixels and boxes. */
    INPUT("leave out or mend that image"),
    /** Weights and statistics before the step. */
    WEIGHTS("go back to an earlier checkpoint"),
    /** The outputs of the model's layers. */
    FORWARD("lower optimizer.learningRate"),
    /** Logits and sides. */
    OUTPUT("lower optimizer.learningRate"),
    /** Values of the losses and their gradients by the outputs. */
    LOSS("check the loss's formula ('parfocal check' does), or lower optimizer.learningRate"),
    /** What the losses send back to the outputs. */
    UPSTREAM("lower the weights of these losses"),
    /** The gradients of weights. */
    GRADIENT("lower optimizer.learningRate, or the weights of the losses"),
    /** Weights, statistics and the optimiser's memory after the step. */
    UPDATE("lower optimizer.learningRate");

    private final String advice;

    Stage(String advice) {
        this.advice = advice;
    }

    /** What to do if numbers are not finite from here on. */
    public String advice() {
        return advice;
    }
}
