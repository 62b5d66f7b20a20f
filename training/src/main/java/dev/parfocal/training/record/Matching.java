package dev.parfocal.training.record;

import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.data.Annotation;
import java.util.Arrays;
import java.util.List;

/**
 * Which objects of a batch found points that learn them. An object's size is the square root of its box's area, in pixels
 * of the model's input; crowds do not count.
 *
 * @param levels {@code [levels]} points that own an object, finest level first
 * @param objects {@code [sizes]} objects by size, in the bins of {@link #EDGES}
 * @param matched {@code [sizes]} those of them that own a point
 * @param points {@code [sizes]} points that own an object of this size
 */
public record Matching(long[] levels, long[] objects, long[] matched, long[] points) {

    /** Where the bins of sizes end, in pixels; the last bin has no end. */
    public static final List<Integer> EDGES = List.of(8, 12, 16, 24, 32, 48, 64, 96, 128);

    /**
     * How the priors of a batch were assigned.
     *
     * @param priors of each image
     */
    public static Matching of(List<Priors> priors, List<List<Annotation>> objects, List<Assignment> images) {
        int bins = EDGES.size() + 1;
        int levels = priors.stream().mapToInt(Priors::levels).max().orElse(0);
        Matching matching = new Matching(new long[levels], new long[bins], new long[bins], new long[bins]);
        for (int image = 0; image < images.size(); image++) {
            matching.add(priors.get(image), objects.get(image), images.get(image));
        }
        return matching;
    }

    private void add(Priors anchors, List<Annotation> image, Assignment assignment) {
        long[] owned = new long[image.size()];
        for (int level = 0; level < levels.length; level++) {
            for (int at = anchors.levelStart()[level]; at < anchors.levelStart()[level + 1]; at++) {
                int owner = assignment.object()[at];
                if (owner >= 0) {
                    levels[level]++;
                    owned[owner]++;
                }
            }
        }
        for (int i = 0; i < owned.length; i++) {
            if (!image.get(i).crowd()) {
                int bin = bin(Math.sqrt(image.get(i).box().area()));
                objects[bin]++;
                matched[bin] += owned[i] > 0 ? 1 : 0;
                points[bin] += owned[i];
            }
        }
    }

    private static int bin(double size) {
        return (int) EDGES.stream().filter(edge -> size >= edge).count();
    }

    /** Points that own an object. */
    public long positives() {
        return Arrays.stream(levels).sum();
    }

    /** Both batches together. */
    public Matching plus(Matching other) {
        return new Matching(
                sum(levels, other.levels),
                sum(objects, other.objects),
                sum(matched, other.matched),
                sum(points, other.points));
    }

    private static long[] sum(long[] a, long[] b) {
        long[] sum = a.clone();
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }
}
