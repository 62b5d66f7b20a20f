package dev.parfocal.detection.audit;

import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Annotations that a detector contradicts, ranked by the cross-entropy of its scores against them: a detector that was trained on
 * mostly right annotations pays most where they are wrong (Northcutt, Jiang, Chuang: Confident Learning, JAIR 2021. arXiv
 * 1911.00068, for images; Tkachenko, Thyagarajan, Mueller: ObjectLab, 2023. arXiv 2309.00832, for boxes). Where it was trained on
 * the very images it may have learnt the mistakes by heart.
 */
public final class DetectorSuspects {

    /** From this IoU on a detection speaks of an annotation. */
    private static final double SAME_PLACE = 0.5;

    /** Below this IoU with every annotation a detection stands alone. */
    private static final double ALONE = 0.1;

    /** From this score on a detector is believed. */
    private static final double SURE = 0.5;

    /** A score that is not there costs as much as this one. */
    private static final double LEAST = 0.01;

    private final List<Category> categories;
    private final List<Suspect> suspects = new ArrayList<>();

    private DetectorSuspects(List<Category> categories) {
        this.categories = categories;
    }

    /**
     * All places that look wrong, the most suspicious first.
     *
     * @param detections labels are indices into the data set's categories
     */
    public static List<Suspect> of(Dataset data, Collection<Detection> detections) {
        DetectorSuspects all = new DetectorSuspects(data.categories());
        Map<Long, List<Detection>> byImage = new HashMap<>();
        detections.forEach(detection -> byImage.computeIfAbsent(detection.imageId(), unseen -> new ArrayList<>())
                .add(detection));
        data.samples().forEach(sample -> all.look(sample, byImage.getOrDefault(sample.id(), List.of())));
        return all.suspects.stream().sorted(Suspect.WORST_FIRST).toList();
    }

    private void look(Sample sample, List<Detection> found) {
        for (Annotation object : sample.annotations()) {
            if (!object.crowd()) {
                contradiction(sample, object, found).ifPresent(suspects::add);
            }
        }
        found.stream()
                .filter(detection -> detection.score() >= SURE && highestIou(detection, sample) < ALONE)
                .filter(detection -> isBestThere(detection, found))
                .forEach(detection -> suspects.add(new Suspect(
                        Suspicion.MISSING,
                        sample,
                        detection.box(),
                        detection.label(),
                        cost(1 - detection.score()),
                        percent(detection) + " where nothing is annotated")));
    }

    private Optional<Suspect> contradiction(Sample sample, Annotation object, List<Detection> found) {
        double own = score(best(object, found, true, SAME_PLACE));
        Optional<Detection> other = best(object, found, false, SAME_PLACE);
        if (score(other) >= SURE && score(other) > own) {
            double loss = cost(own) + cost(1 - score(other));
            return Optional.of(suspect(
                    Suspicion.WRONG_CLASS,
                    sample,
                    object,
                    loss,
                    "annotated " + name(object.label()) + ", " + words(other)));
        }
        Optional<Detection> near = best(object, found, true, ALONE);
        if (own < LEAST && score(near) >= SURE) {
            double iou = near.map(each -> each.box().iou(object.box())).orElse(0.0);
            return Optional.of(suspect(
                    Suspicion.LOOSE_BOX,
                    sample,
                    object,
                    cost(iou) * score(near),
                    String.format(Locale.ROOT, "%s at IoU %.2f", words(near), iou)));
        }
        boolean unseen = own < LEAST && score(near) < LEAST && score(best(object, found, false, ALONE)) < LEAST;
        return unseen
                ? Optional.of(suspect(
                        Suspicion.SPURIOUS,
                        sample,
                        object,
                        cost(own),
                        "annotated " + name(object.label()) + ", nothing detected"))
                : Optional.empty();
    }

    private static Suspect suspect(Suspicion suspicion, Sample sample, Annotation object, double loss, String words) {
        return new Suspect(suspicion, sample, object.box(), object.label(), loss, words);
    }

    private static Optional<Detection> best(
            Annotation object, List<Detection> found, boolean ofSameClass, double leastIou) {
        return found.stream()
                .filter(detection -> (detection.label() == object.label()) == ofSameClass)
                .filter(detection -> detection.box().iou(object.box()) >= leastIou)
                .max(Comparator.comparingDouble(Detection::score));
    }

    private static double highestIou(Detection detection, Sample sample) {
        return sample.annotations().stream()
                .mapToDouble(object -> object.box().iou(detection.box()))
                .max()
                .orElse(0);
    }

    /** Of detections on top of each other, one is enough. */
    private static boolean isBestThere(Detection detection, List<Detection> found) {
        return found.stream()
                .filter(other -> other.score() > detection.score())
                .noneMatch(other -> other.box().iou(detection.box()) >= SAME_PLACE);
    }

    private static double score(Optional<Detection> detection) {
        return detection.map(Detection::score).orElse(0.0);
    }

    private static double cost(double probability) {
        return -Math.log(Math.max(LEAST, Math.min(1, probability)));
    }

    private String words(Optional<Detection> detection) {
        return detection.map(this::percent).orElse("nothing");
    }

    private String percent(Detection detection) {
        return String.format(Locale.ROOT, "detected %s %.0f %%", name(detection.label()), 100 * detection.score());
    }

    private String name(int label) {
        return categories.get(label).name();
    }
}
