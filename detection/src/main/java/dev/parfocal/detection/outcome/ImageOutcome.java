package dev.parfocal.detection.outcome;

import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of every object and every detection of one image. Detections take the objects of their own class first, as
 * COCO matches them; what is then left over on both sides is matched whatever its class.
 *
 * @param right objects found, each by a detection of its class
 * @param confused objects found by a detection of another class
 * @param invented detections of nothing
 * @param missed objects that nothing found
 */
public record ImageOutcome(
        Sample sample, List<Pair> right, List<Pair> confused, List<Detection> invented, List<Annotation> missed) {

    /** Worst first: most mistakes, then the higher share of mistakes, then the lower id. */
    public static final Comparator<ImageOutcome> WORST_FIRST = Comparator.comparingInt(ImageOutcome::mistakes)
            .thenComparingInt(outcome -> -outcome.right().size())
            .reversed()
            .thenComparingLong(outcome -> outcome.sample().id());

    /** Copies the lists. */
    public ImageOutcome {
        right = List.copyOf(right);
        confused = List.copyOf(confused);
        invented = List.copyOf(invented);
        missed = List.copyOf(missed);
    }

    /** An object and what found it. */
    public record Pair(Annotation object, Detection detection) {
        /** How well the boxes agree. */
        public double iou() {
            return object.box().iou(detection.box());
        }
    }

    /** Objects missed or taken for another class, and detections of nothing. */
    public int mistakes() {
        return confused.size() + invented.size() + missed.size();
    }

    /**
     * The outcome of every image, in the data set's order.
     *
     * @param detections labels are indices into the data set's categories
     * @param lowest the lowest score that counts, by label
     * @param iou the least IoU of a match, in (0, 1]
     */
    public static List<ImageOutcome> of(Dataset truth, List<Detection> detections, double[] lowest, double iou) {
        Map<Long, List<Detection>> byImage = new LinkedHashMap<>();
        detections.stream()
                .filter(detection -> detection.score() >= lowest[detection.label()])
                .sorted(Comparator.comparingDouble(Detection::score).reversed())
                .forEach(detection -> byImage.computeIfAbsent(detection.imageId(), id -> new ArrayList<>())
                        .add(detection));
        return truth.samples().stream()
                .map(sample -> new Pairing(sample, byImage.getOrDefault(sample.id(), List.of()), iou).outcome())
                .toList();
    }
}
