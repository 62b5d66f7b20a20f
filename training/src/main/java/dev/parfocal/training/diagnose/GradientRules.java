package dev.parfocal.training.diagnose;

import dev.parfocal.core.statistics.LossStatistics;
import dev.parfocal.training.config.SamplingConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where the classification gradient comes from. */
final class GradientRules {
    private static final double MOST = 0.8;
    private static final double NEARLY_ALL = 0.95;

    /** Before so many steps a detector has not decided what is hard. */
    private static final int SETTLED = 200;

    /** A class starves if its share is below this part of an equal share, or below this one of the whole. */
    private static final double PART_OF_EQUAL = 0.1;

    private static final double TINY = 0.01;

    private GradientRules() {}

    static Optional<Finding> easyNegatives(Evidence evidence) {
        return evidence.statistics(evidence.recent()).flatMap(statistics -> {
            double easy = statistics.negatives().easyGradient() / statistics.gradient();
            double positives = statistics.positives().gradient() / statistics.gradient();
            if (easy < MOST) {
                return Optional.empty();
            }
            return Optional.of(Finding.of(
                            easy > NEARLY_ALL ? Severity.SEVERE : Severity.WARNING,
                            Words.percent(easy) + " of the gradient comes from easy negatives, "
                                    + Words.percent(positives) + " from positives",
                            "Background that is already told apart (score below 0.5) outweighs the objects by its number:"
                                    + " the class branch learns 'nothing here' and little else.",
                            "Use a loss that fades out what is easy (--loss focal, varifocal or quality_focal), or raise its"
                                    + " gamma; check that the loss states a prior.")
                    .with("easyNegatives", easy)
                    .with("positives", positives));
        });
    }

    static Optional<Finding> hardNegatives(Evidence evidence) {
        if (evidence.steps().size() < SETTLED) {
            return Optional.empty();
        }
        return evidence.statistics(evidence.recent()).flatMap(statistics -> {
            double hard = statistics.negatives().hardGradient() / statistics.gradient();
            if (hard < MOST / 2) {
                return Optional.empty();
            }
            return Optional.of(Finding.of(
                            hard > MOST ? Severity.SEVERE : Severity.WARNING,
                            Words.percent(hard) + " of the gradient comes from hard negatives",
                            "Late in training the detector keeps finding objects where the labels say there are none:"
                                    + " objects without a label, or a gamma that leaves only the labels' mistakes.",
                            "Look at the false detections in predictions.jpg; label what is missing, or mark crowds; lower"
                                    + " gamma if the labels are right.")
                    .with("hardNegatives", hard));
        });
    }

    static Optional<Finding> starvedClass(Evidence evidence) {
        return evidence.statistics(evidence.steps())
                .filter(s -> s.gradientByClass().length > 1)
                .flatMap(s -> starvedClass(evidence, s));
    }

    private static Optional<Finding> starvedClass(Evidence evidence, LossStatistics statistics) {
        double[] byClass = statistics.gradientByClass();
        long[] positives = statistics.positivesByClass();
        int least = -1;
        for (int i = 0; i < byClass.length; i++) {
            if (positives[i] > 0 && (least < 0 || byClass[i] < byClass[least])) {
                least = i;
            }
        }
        double whole = Arrays.stream(byClass).sum();
        double share = least < 0 ? 1 : byClass[least] / whole;
        if (share > Math.max(TINY, PART_OF_EQUAL / byClass.length)) {
            return Optional.empty();
        }
        double ofPoints = (double) positives[least] / Arrays.stream(positives).sum();
        return Optional.of(Finding.of(
                        share < TINY / 2 ? Severity.SEVERE : Severity.WARNING,
                        "class " + name(evidence, least) + " gets " + Words.percent(share) + " of the gradient; it has "
                                + Words.percent(ofPoints) + " of the points that show objects",
                        "The other classes decide what the shared features learn; this one is found late or never.",
                        moreOften(evidence, least))
                .with("share", share)
                .with("shareOfPoints", ofPoints));
    }

    /** How to show a class more often: images with it, if these are rare, or more of it in each. */
    private static String moreOften(Evidence evidence, int label) {
        SamplingConfig sampling = evidence.config().sampling();
        double shows = shareOfImages(evidence, label);
        if (evidence.config().repeatsRareImages()) {
            return "Images with it are shown more often already (sampling.rare): raise sampling.below, which is "
                    + sampling.below() + ", or add images with it.";
        }
        if (shows >= sampling.below()) {
            return "It is on many images already, so that showing these more often (sampling.rare) would change little:"
                    + " enlarge the input (--size), so that its objects own more points, or label more of them.";
        }
        return "Show images with it more often: --with sampling.rare=1. About " + Words.percent(shows)
                + " of the images have it; they would be shown up to "
                + Words.number(Math.sqrt(sampling.below() / shows)) + " times as often as others.";
    }

    /** On which share of the images the class is, from the share of the steps that had it in their batch. */
    private static double shareOfImages(Evidence evidence, int label) {
        double without = evidence.steps().stream()
                .filter(step -> evidence.statistics(List.of(step))
                        .filter(s -> s.positivesByClass()[label] > 0)
                        .isEmpty())
                .count();
        double share = without / evidence.steps().size();
        return 1 - Math.pow(share, 1.0 / evidence.config().batch());
    }

    static String name(Evidence evidence, int label) {
        return label < evidence.classes().size() ? evidence.classes().get(label) : Integer.toString(label);
    }
}
