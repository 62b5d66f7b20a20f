package dev.parfocal.training.diagnose;

import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.record.StepRecord;
import java.util.List;
import java.util.Optional;

/** How losses, gradients and times went from step to step. */
final class CourseRules {
    private static final int ENOUGH_STEPS = 30;
    private static final int MANY_STEPS = 100;
    private static final double TINY = 1e-3;
    private static final double MOSTLY = 0.9;
    private static final double HARD = 10;
    private static final double SPIKE = 100;
    private static final double NO_PROGRESS = 0.98;
    private static final double SLIGHT = 0.01;
    private static final double LONG = 0.25;
    private static final double TOO_LONG = 0.5;

    private CourseRules() {}

    static Optional<Finding> nothingLearnt(Evidence evidence) {
        List<Long> skipped = evidence.record().skipped();
        if (!evidence.steps().isEmpty()) {
            return Optional.empty();
        }
        boolean isFresh = skipped.isEmpty();
        return Optional.of(Finding.of(
                        isFresh && !evidence.complete() ? Severity.WARNING : Severity.SEVERE,
                        isFresh
                                ? "no step is recorded yet"
                                : "nothing was learnt: " + Words.count(skipped.size(), "step") + " of " + skipped.size()
                                        + " left out, for the numbers were not finite",
                        isFresh
                                ? "There is nothing to look at: the run has not begun, or its record is empty."
                                : "The weights are those that training started with. "
                                        + evidence.record().incidents().get(0).words() + ".",
                        isFresh
                                ? "Start or resume the run; look at a fresh model with --data instead."
                                : "Check the loss with 'parfocal check', or lower optimizer.learningRate.")
                .with("skipped", skipped.size()));
    }

    static Optional<Finding> notFinite(Evidence evidence) {
        return evidence.steps().stream()
                .filter(step -> !Double.isFinite(step.total()) || Double.isInfinite(step.gradientNorm()))
                .findFirst()
                .map(step -> Finding.of(
                                Severity.SEVERE,
                                "at step " + step.step() + " the loss is " + step.total() + " and the gradient's norm "
                                        + step.gradientNorm(),
                                "From there on weights are no numbers.",
                                "Lower optimizer.learningRate, clip gradients (optimizer.clip.norm), and check the loss with"
                                        + " 'parfocal check'.")
                        .with("step", step.step()));
    }

    static Optional<Finding> clipped(Evidence evidence) {
        List<StepRecord> steps = evidence.steps();
        double share = Evidence.mean(steps, step -> factor(step) > 1 + TINY ? 1 : 0);
        double factor = Evidence.median(steps, CourseRules::factor);
        if (steps.size() < ENOUGH_STEPS || !(share > MOSTLY)) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(
                        factor > HARD ? Severity.WARNING : Severity.NOTE,
                        "the gradient was clipped in " + Words.percent(share) + " of the steps, to 1/"
                                + Words.number(factor) + " of its norm in the median",
                        "Clipping that never pauses is a learning rate of its own, and it hides how large the losses are.",
                        "Lower the weights of the losses, or raise optimizer.clip.norm to about the usual norm, "
                                + Words.number(Evidence.median(steps, StepRecord::gradientNorm)) + ".")
                .with("share", share)
                .with("factor", factor));
    }

    private static double factor(StepRecord step) {
        return step.clippedNorm() > 0 ? step.gradientNorm() / step.clippedNorm() : 1;
    }

    static Optional<Finding> spikes(Evidence evidence) {
        double median = Evidence.median(evidence.steps(), StepRecord::gradientNorm);
        Optional<StepRecord> worst = evidence.steps().stream()
                .skip(ENOUGH_STEPS)
                .max((a, b) -> Double.compare(a.gradientNorm(), b.gradientNorm()));
        return worst.filter(step -> step.gradientNorm() > SPIKE * median)
                .map(step -> Finding.of(
                                Severity.WARNING,
                                "at step " + step.step() + " the gradient's norm was "
                                        + Words.number(step.gradientNorm()) + ", "
                                        + Words.number(step.gradientNorm() / median) + " times its median",
                                "One such step can undo hundreds.",
                                "Look at that step's images; clip gradients (optimizer.clip.norm); lower the rate.")
                        .with("step", step.step())
                        .with("norm", step.gradientNorm())
                        .with("median", median));
    }

    static Optional<Finding> notFalling(Evidence evidence) {
        double before = Evidence.mean(evidence.early(), StepRecord::total);
        double now = Evidence.mean(evidence.recent(), StepRecord::total);
        if (evidence.steps().size() < MANY_STEPS || now < NO_PROGRESS * before) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(
                        Severity.WARNING,
                        "the loss does not fall: " + Words.number(before) + " in the first "
                                + Words.count(evidence.early().size(), "step") + ", " + Words.number(now)
                                + " in the last",
                        "Nothing is learnt, or the parts of the loss work against each other. Only a loss whose target is a"
                                + " quality may rise while the boxes improve.",
                        "Try a rate ten times lower, then ten times higher; look at each component in losses.svg.")
                .with("before", before)
                .with("now", now));
    }

    static Optional<Finding> outweighed(Evidence evidence) {
        if (evidence.recent().isEmpty()) {
            return Optional.empty();
        }
        double total = Evidence.mean(evidence.recent(), StepRecord::total);
        for (String name : evidence.recent().get(0).components().keySet()) {
            double value = Evidence.mean(evidence.recent(), step -> weighted(step, name));
            if (value > 0 && value < SLIGHT * total) {
                return Optional.of(Finding.of(
                                Severity.NOTE,
                                "the " + name + " loss is " + Words.percent(value / total) + " of the weighted sum",
                                "If its gradient is as small, the network hardly works for it.",
                                "Raise " + weightOf(evidence.config(), name)
                                        + (name.equals(evidence.config().component("classification"))
                                                ? " (--gain auto measures how much)"
                                                : "")
                                        + ", or let the losses balance each other (balance).")
                        .with("share", value / total));
            }
        }
        return Optional.empty();
    }

    /** The key of a component's weight. */
    private static String weightOf(RunConfig config, String component) {
        return (config.tasks().names().contains(component) ? "tasks." : "loss.") + component + ".weight";
    }

    private static double weighted(StepRecord step, String name) {
        StepRecord.Component component = step.components().get(name);
        return component == null ? 0 : component.weighted();
    }

    static Optional<Finding> waiting(Evidence evidence) {
        if (evidence.steps().size() < ENOUGH_STEPS) {
            return Optional.empty();
        }
        double whole = Evidence.median(evidence.recent(), CourseRules::milliseconds);
        double data =
                Evidence.median(evidence.recent(), step -> step.milliseconds().getOrDefault("data", 0.0));
        if (!(data > LONG * whole)) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(
                        data > TOO_LONG * whole ? Severity.WARNING : Severity.NOTE,
                        "a step waits for its images for " + Words.percent(data / whole) + " of its "
                                + Words.number(whole) + " ms",
                        "The network stands still while pictures are read and drawn.",
                        "Store smaller pictures, near the model's input size; use fewer engine threads (--threads) so that"
                                + " one is left for the images.")
                .with("share", data / whole));
    }

    private static double milliseconds(StepRecord step) {
        return step.milliseconds().values().stream().mapToDouble(d -> d).sum();
    }
}
