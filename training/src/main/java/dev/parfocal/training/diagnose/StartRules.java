package dev.parfocal.training.diagnose;

import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.statistics.LossStatistics;
import dev.parfocal.training.record.StepRecord;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong from the first step on: the recipe of the classification loss. */
final class StartRules {

    /** With this many elements per positive the background decides how training starts. */
    private static final double RARE = 20;

    /** Scores above 0.1 where nothing was learnt yet. */
    private static final double UNDECIDED = 0.5;

    private static final double SLOW = 20;
    private static final double VERY_SLOW = 200;

    private StartRules() {}

    static Optional<Finding> priorBias(Evidence evidence) {
        if (evidence.steps().isEmpty() || evidence.steps().get(0).step() != 1) {
            return Optional.empty();
        }
        StepRecord first = evidence.steps().get(0);
        return evidence.statistics(List.of(first))
                .filter(s -> s.elements() > RARE * Math.max(1, s.positives().count()))
                .filter(s -> above01(s.negatives()) > UNDECIDED)
                .map(s -> noPrior(
                        evidence.classification(first),
                        s,
                        evidence.losses().get(evidence.config().component("classification"))));
    }

    /** The share of negatives with a score above 0.1: those whose p_t is below the last bin. */
    private static double above01(LossStatistics.Group negatives) {
        long[] counts = negatives.counts();
        return 1 - (double) counts[counts.length - 1] / Math.max(1, negatives.count());
    }

    private static Finding noPrior(
            StepRecord.@Nullable Component component, LossStatistics statistics, @Nullable Loss loss) {
        double value = component == null ? Double.NaN : component.value();
        boolean stated = loss != null && loss.recipe().prior().isPresent();
        return Finding.of(
                        Severity.SEVERE,
                        "prior bias missing: the first classification loss is " + Words.number(value) + ", and "
                                + Words.percent(above01(statistics.negatives()))
                                + " of the background starts with a score above 0.1",
                        "Nearly all of " + Words.count(statistics.elements(), "score")
                                + " must be 0. Starting in the middle, the first steps only push them down, with a gradient"
                                + " that can throw the whole network off.",
                        stated
                                ? "Lower the prior that the loss's text states: 0.01 is usual."
                                : "Let the loss's text say 'prior 0.01': the class branch then starts with the bias"
                                        + " -log((1 - 0.01) / 0.01) = -4.6.")
                .with("firstLoss", value)
                .with("shareAbove0.1", above01(statistics.negatives()));
    }

    static Optional<Finding> normalizer(Evidence evidence) {
        List<StepRecord> steps = evidence.steps();
        double normalizer = Evidence.median(steps, step -> normalizerOf(evidence.classification(step)));
        double positives =
                Math.max(1, Evidence.median(steps, step -> step.matching().positives()));
        double ratio = normalizer / positives;
        boolean sampled =
                evidence.config().loss().result(evidence.config().model()).sampler() != null;
        if (sampled || !(ratio > SLOW)) {
            return Optional.empty();
        }
        long elements = evidence.statistics(steps).map(LossStatistics::elements).orElse(0L) / steps.size();
        String name = Math.abs(normalizer - elements) < 0.02 * normalizer ? "elements" : "far from the positives";
        return Optional.of(Finding.of(
                        ratio > VERY_SLOW ? Severity.SEVERE : Severity.WARNING,
                        "normaliser is " + name + ": the classification loss is divided by " + Words.number(normalizer)
                                + " where " + Words.number(positives) + " points show objects; effective rate 1/"
                                + Words.number(ratio),
                        "The few points that show objects are what the class branch learns from; divided by everything else"
                                + " their gradient drowns in that of the other losses.",
                        "Divide by the positives: --with loss."
                                + evidence.config().component("classification")
                                + ".divide=positives, or 'normalize by positives'"
                                + " in the loss's text.")
                .with("normalizer", normalizer)
                .with("positives", positives));
    }

    private static double normalizerOf(StepRecord.@Nullable Component component) {
        return component == null ? Double.NaN : component.normalizer();
    }
}
