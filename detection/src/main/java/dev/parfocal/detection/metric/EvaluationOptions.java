package dev.parfocal.detection.metric;

import dev.parfocal.core.ParfocalException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * At what detections are measured.
 *
 * @param ious the least overlaps of a match, ascending, at most {@value #MOST_IOUS}, each in (0, 1]
 * @param limits how many detections per image and class count, best first, ascending; AP counts the last
 * @param areas the sizes told apart, besides all together
 * @param classes the names of the classes that are measured; empty: all
 */
public record EvaluationOptions(
        Mode mode, List<Double> ious, List<Integer> limits, List<AreaRange> areas, Set<String> classes) {

    /** What COCO measures, as pycocotools does. */
    public static final EvaluationOptions COCO = new EvaluationOptions(
            Mode.STRICT, CocoGrid.linspace(0.5, 0.95, 10), List.of(1, 10, 100), AreaRange.COCO, Set.of());

    static final int MOST_IOUS = 31;

    /** @throws ParfocalException if a list is empty, does not ascend or leaves its range */
    public EvaluationOptions {
        ious = List.copyOf(ious);
        limits = List.copyOf(limits);
        areas = List.copyOf(areas);
        classes = Set.copyOf(classes);
        require(ious, "IoU thresholds", "in (0, 1]", iou -> iou > 0 && iou <= 1);
        require(limits, "limits on detections", "at least 1", limit -> limit >= 1);
        if (ious.size() > MOST_IOUS) {
            throw new ParfocalException(ious.size() + " IoU thresholds; at most " + MOST_IOUS + " at once");
        }
        Set<String> names = new HashSet<>(Set.of(AreaRange.ALL.name()));
        for (AreaRange area : areas) {
            if (!names.add(area.name())) {
                throw new ParfocalException("two area ranges are called " + area.name() + "; \"all\" is always there");
            }
        }
    }

    private static <T extends Comparable<T>> void require(List<T> values, String what, String range, Predicate<T> in) {
        boolean ascend = IntStream.range(1, values.size())
                .allMatch(i -> values.get(i - 1).compareTo(values.get(i)) < 0);
        if (values.isEmpty() || !ascend || !values.stream().allMatch(in)) {
            throw new ParfocalException(what + " " + values + ": give one or more in ascending order, each " + range);
        }
    }

    /** The same at other thresholds. */
    public EvaluationOptions withIous(List<Double> other) {
        return new EvaluationOptions(mode, other, limits, areas, classes);
    }

    /** The same with other limits. */
    public EvaluationOptions withLimits(List<Integer> other) {
        return new EvaluationOptions(mode, ious, other, areas, classes);
    }

    /** The same with other sizes. */
    public EvaluationOptions withAreas(List<AreaRange> other) {
        return new EvaluationOptions(mode, ious, limits, other, classes);
    }

    /** The same of these classes alone; empty: of all. */
    public EvaluationOptions withClasses(Set<String> other) {
        return new EvaluationOptions(mode, ious, limits, areas, other);
    }

    /** The same in another mode. */
    public EvaluationOptions withMode(Mode other) {
        return new EvaluationOptions(other, ious, limits, areas, classes);
    }
}
