package dev.parfocal.training.diagnose;

import dev.parfocal.core.statistics.LossStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the scores say: of the training points, and of the evaluations. */
final class ScoreRules {
    private static final int SETTLED = 200;
    private static final double HALF = 0.5;
    private static final double MANY_SATURATED = 0.01;
    private static final double NOTHING = 0.001;
    private static final double FALL = 0.1;
    private static final String AP = "AP";
    private static final String OF_CLASS = "AP/";

    private ScoreRules() {}

    static Optional<Finding> lowScores(Evidence evidence) {
        if (evidence.steps().size() < SETTLED) {
            return Optional.empty();
        }
        return evidence.statistics(evidence.recent())
                .filter(s -> s.highestScore() < HALF)
                .map(s -> Finding.of(
                                evidence.complete() ? Severity.SEVERE : Severity.WARNING,
                                "scores never exceed 0.5: the highest of the last "
                                        + Words.count(evidence.recent().size(), "step") + " is "
                                        + Words.number(s.highestScore()),
                                "A detector is used with a threshold; whatever its ranking, one at 0.5 would find nothing.",
                                "Train longer or with a higher rate; lower gamma, or raise alpha of a focal loss; a target"
                                        + " that is a quality caps the score at the boxes' IoU.")
                        .with("highestScore", s.highestScore()));
    }

    static Optional<Finding> lowPositives(Evidence evidence) {
        if (evidence.steps().size() < SETTLED) {
            return Optional.empty();
        }
        return evidence.statistics(evidence.recent())
                .map(LossStatistics::positives)
                .filter(p -> p.count() > 0 && p.counts()[0] > HALF * p.count())
                .map(p -> Finding.of(
                                Severity.WARNING,
                                Words.percent((double) p.counts()[0] / p.count())
                                        + " of the points that show objects still score below 0.1",
                                "Most objects are not found by most of the points that should.",
                                "Train longer; give objects more weight (alpha, or divide by the positives); fewer points"
                                        + " per object (assigner.topK).")
                        .with("share", (double) p.counts()[0] / p.count()));
    }

    static Optional<Finding> saturation(Evidence evidence) {
        return evidence.statistics(evidence.recent()).flatMap(s -> {
            double share = (double) s.saturated() / Math.max(1, s.elements());
            if (share < MANY_SATURATED) {
                return Optional.empty();
            }
            return Optional.of(Finding.of(
                            Severity.WARNING,
                            Words.percent(share) + " of the logits are beyond "
                                    + Words.number(LossStatistics.SATURATION) + ", where float32's sigmoid is flat",
                            "The scores have run away: they say 0 or 1 whatever the image, and code outside of Parfocal"
                                    + " loses the gradient there.",
                            "Lower optimizer.learningRate or add weight decay; look for labels that contradict each other.")
                    .with("share", share));
        });
    }

    static Optional<Finding> noPrecision(Evidence evidence) {
        return last(evidence)
                .filter(scores -> evidence.complete() && !evidence.steps().isEmpty())
                .filter(scores -> scores.getOrDefault(AP, 1.0) < NOTHING)
                .map(scores -> Finding.of(
                                Severity.SEVERE,
                                "the average precision is " + Words.number(Math.max(0, scores.getOrDefault(AP, 0.0))),
                                "Nothing that was detected is right.",
                                "Look at predictions.jpg beside the truth; check classes and boxes of the images evaluated"
                                        + " on, the learning rate, and the number of steps.")
                        .with(AP, scores.getOrDefault(AP, 0.0)));
    }

    static Optional<Finding> lostClass(Evidence evidence) {
        return last(evidence)
                .filter(scores -> evidence.complete() && scores.getOrDefault(AP, 0.0) >= NOTHING)
                .flatMap(scores -> {
                    List<String> lost = new ArrayList<>();
                    scores.forEach((name, ap) -> {
                        if (name.startsWith(OF_CLASS) && ap >= 0 && ap < NOTHING) {
                            lost.add(name.substring(OF_CLASS.length()));
                        }
                    });
                    return lost.isEmpty() ? Optional.empty() : Optional.of(lostClasses(lost));
                });
    }

    private static Finding lostClasses(List<String> lost) {
        return Finding.of(
                        Severity.WARNING,
                        "average precision 0 for class " + String.join(", ", lost),
                        "The detector finds other classes, but not one object of this.",
                        "See how many objects it has to learn from; show them more often, or train longer.")
                .with("classes", lost.size());
    }

    static Optional<Finding> pastItsBest(Evidence evidence) {
        List<Map<String, Double>> all = evidence.record().evaluations();
        double best =
                all.stream().mapToDouble(s -> s.getOrDefault(AP, 0.0)).max().orElse(0);
        double now = last(evidence).map(s -> s.getOrDefault(AP, 0.0)).orElse(best);
        if (best <= 0 || now > (1 - FALL) * best) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(
                        Severity.WARNING,
                        "the average precision fell from " + Words.number(best) + " to " + Words.number(now),
                        "The detector learns its training images by heart, or the rate is still too high for it to settle.",
                        "Stop earlier, use stronger augmentation or weight decay, or let the rate end lower.")
                .with("best", best)
                .with("last", now));
    }

    private static Optional<Map<String, Double>> last(Evidence evidence) {
        List<Map<String, Double>> all = evidence.record().evaluations();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }
}
