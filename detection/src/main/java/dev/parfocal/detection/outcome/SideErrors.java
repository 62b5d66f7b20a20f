package dev.parfocal.detection.outcome;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.SideDeviations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hipparchus.stat.correlation.SpearmansCorrelation;

/**
 * Whether the deviations that a detector gives for the sides of its boxes tell how far off these are, over the boxes that
 * found an object of their class.
 *
 * @param correlation Spearman's rank correlation of deviation and error, in [-1, 1]
 * @param groups the sides in five groups of equal number, from the surest to the least sure
 */
public record SideErrors(double correlation, List<Group> groups) {
    private static final int GROUPS = 5;

    /**
     * Sides that the detector is about equally sure of.
     *
     * @param sides how many
     * @param deviation mean of what the detector says, in pixels
     * @param error mean distance from the object's side, in pixels
     */
    public record Group(int sides, double deviation, double error) {}

    private record Side(double deviation, double error) {}

    /** Of the outcomes of images; empty if fewer than a few boxes with deviations found an object. */
    public static Optional<SideErrors> of(List<ImageOutcome> outcomes) {
        List<Side> sides = new ArrayList<>();
        for (ImageOutcome outcome : outcomes) {
            outcome.right().forEach(pair -> {
                SideDeviations deviations = pair.detection().deviations();
                if (deviations != null) {
                    add(sides, deviations, pair.detection().box(), pair.object().box());
                }
            });
        }
        if (sides.size() < 4 * GROUPS) {
            return Optional.empty();
        }
        sides.sort(Comparator.comparingDouble(Side::deviation));
        double[] deviations = sides.stream().mapToDouble(Side::deviation).toArray();
        double[] errors = sides.stream().mapToDouble(Side::error).toArray();
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < GROUPS; i++) {
            List<Side> group = sides.subList(i * sides.size() / GROUPS, (i + 1) * sides.size() / GROUPS);
            groups.add(new Group(group.size(), mean(group, true), mean(group, false)));
        }
        return Optional.of(new SideErrors(new SpearmansCorrelation().correlation(deviations, errors), groups));
    }

    private static void add(List<Side> sides, SideDeviations deviations, Box found, Box object) {
        sides.add(new Side(deviations.left(), Math.abs(found.x1() - object.x1())));
        sides.add(new Side(deviations.top(), Math.abs(found.y1() - object.y1())));
        sides.add(new Side(deviations.right(), Math.abs(found.x2() - object.x2())));
        sides.add(new Side(deviations.bottom(), Math.abs(found.y2() - object.y2())));
    }

    private static double mean(List<Side> sides, boolean deviation) {
        return sides.stream()
                .mapToDouble(side -> deviation ? side.deviation : side.error)
                .average()
                .orElse(Double.NaN);
    }
}
