package dev.parfocal.training.diagnose;

import dev.parfocal.core.statistics.LossStatistics;
import dev.parfocal.training.criterion.AssignerConfig;
import dev.parfocal.training.record.Matching;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which objects are learnt by points at all. */
final class MatchingRules {
    private static final int ENOUGH_OBJECTS = 5;
    private static final double MANY = 0.05;
    private static final double HALF = 0.5;
    private static final double FEW_POINTS = 3;
    private static final int ENOUGH_STEPS = 20;

    private MatchingRules() {}

    static Optional<Finding> unmatchedSizes(Evidence evidence) {
        return evidence.matching().flatMap(MatchingRules::unmatchedSizes);
    }

    private static Optional<Finding> unmatchedSizes(Matching matching) {
        int bins = 0;
        long objects = 0;
        long lost = 0;
        for (int bin = 0; bin < Matching.EDGES.size(); bin++) {
            long all = matching.objects()[bin];
            long missed = all - matching.matched()[bin];
            if (all > 0 && missed > HALF * all) {
                bins = bin + 1;
                objects += all;
                lost += missed;
            }
        }
        if (objects < ENOUGH_OBJECTS) {
            return Optional.empty();
        }
        int edge = Matching.EDGES.get(bins - 1);
        double share = (double) objects / Arrays.stream(matching.objects()).sum();
        String which = lost == objects
                ? "no anchor matches boxes smaller than " + edge + " px"
                : "most boxes smaller than " + edge + " px match no anchor";
        return Optional.of(Finding.of(
                        share > MANY ? Severity.SEVERE : Severity.WARNING,
                        which + ": " + Words.number(lost) + " of " + Words.count(objects, "such object") + " ("
                                + Words.percent(share) + " of all, in pixels of the model's input)",
                        "An object that no point owns is background to the loss: the detector is taught to overlook it.",
                        "Enlarge the input (--size), or use an assigner that finds points for small objects"
                                + " (--with assigner.kind=atss); leave out objects that nobody could see.")
                .with("edge", edge)
                .with("lost", lost)
                .with("objects", objects));
    }

    static Optional<Finding> fewPoints(Evidence evidence) {
        if (evidence.config().assigner() instanceof AssignerConfig.Hungarian) {
            // One point for each object is what it is for.
            return Optional.empty();
        }
        return evidence.matching().flatMap(matching -> {
            long matched = Arrays.stream(matching.matched()).sum();
            double points = (double) matching.positives() / matched;
            if (matched < ENOUGH_OBJECTS || points >= FEW_POINTS) {
                return Optional.empty();
            }
            return Optional.of(Finding.of(
                            Severity.NOTE,
                            "an object is learnt by " + Words.number(points) + " points on average",
                            "Few points per object make a weak, noisy gradient; 5 to 10 are usual.",
                            "Raise assigner.topK, or enlarge the input (--size) if objects are small.")
                    .with("pointsPerObject", points));
        });
    }

    static Optional<Finding> noPositives(Evidence evidence) {
        long without = evidence.steps().stream()
                .filter(step -> step.matching().objects().length > 0)
                .filter(step -> step.matching().positives() == 0)
                .count();
        double share = (double) without / Math.max(1, evidence.steps().size());
        if (share < HALF) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(
                        share == 1 ? Severity.SEVERE : Severity.WARNING,
                        "in " + Words.percent(share) + " of the steps no point learns an object",
                        "Such a step teaches background alone.",
                        "Check that boxes and classes are read as meant (train's first lines say what was left out); use"
                                + " larger batches if most images are empty.")
                .with("share", share));
    }

    static Optional<Finding> missingClass(Evidence evidence) {
        return evidence.statistics(evidence.steps())
                .filter(s -> evidence.steps().size() >= ENOUGH_STEPS)
                .flatMap(s -> missingClass(evidence, s));
    }

    private static Optional<Finding> missingClass(Evidence evidence, LossStatistics statistics) {
        long[] positives = statistics.positivesByClass();
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < positives.length; i++) {
            if (positives[i] == 0) {
                missing.add(GradientRules.name(evidence, i));
            }
        }
        if (missing.isEmpty() || missing.size() == positives.length) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(
                        Severity.WARNING,
                        "no object of " + (missing.size() == 1 ? "class " : "the classes ") + String.join(", ", missing)
                                + " was seen in " + Words.count(evidence.steps().size(), "step"),
                        "What is never shown is never found, and its average precision is 0.",
                        "Check the split and the class names; leave out classes without objects.")
                .with("classes", missing.size()));
    }

    static Optional<Finding> idleLevel(Evidence evidence) {
        if (evidence.steps().size() < ENOUGH_STEPS) {
            return Optional.empty();
        }
        return evidence.matching().flatMap(matching -> {
            long[] levels = matching.levels();
            double all = matching.positives();
            for (int level = 0; level < levels.length; level++) {
                if (levels[level] < MANY / ENOUGH_STEPS * all) {
                    return Optional.of(idle(level, levels[level] / all));
                }
            }
            return Optional.empty();
        });
    }

    private static Finding idle(int level, double share) {
        return Finding.of(
                        Severity.NOTE,
                        "level " + level + " of the pyramid (0 is the finest) owns " + Words.percent(share)
                                + " of the points that show objects",
                        "Its outputs learn background only; the objects are of other sizes.",
                        level == 0
                                ? "A smaller input (--size) may be as good and faster."
                                : "Nothing, if large objects do not occur; else check assigner and input size.")
                .with("share", share);
    }
}
