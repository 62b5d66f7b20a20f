package dev.parfocal.core.loss;

/** A way to evaluate a loss. */
interface Evaluator {

    Evaluation evaluate(Call call);
}
