package dev.parfocal.core.loss;

/** A way to evaluate a loss. */
interface Evaluator {

    Evaluation evaluate(Call call);

    /** The mean that each state of the loss moves towards after a call; NaN if nothing counts in it. */
    double[] means(Call call);

    /** Whether no faster code is being compiled. */
    boolean isWarm();

    /** How many times code was made. */
    int compilations();
}
