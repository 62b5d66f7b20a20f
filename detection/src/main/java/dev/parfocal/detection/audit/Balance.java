package dev.parfocal.detection.audit;

import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How objects are spread over classes and images, and what that asks of a focal loss.
 *
 * @param classes names by label
 * @param objects by label, crowds not counted
 * @param images how many images have an object of the class, by label
 * @param samples how many images there are
 */
public record Balance(List<String> classes, int[] objects, int[] images, int samples) {

    /** Points that learn an object, as ATSS and task-aligned assignment choose them. */
    private static final double POINTS = 9;

    /** From this ratio of the most frequent class to the rarest on, one weight for all does not do. */
    private static final double UNEVEN = 20;

    /** Counts a data set. */
    public static Balance of(Dataset data) {
        int count = data.categories().size();
        int[] objects = new int[count];
        int[] images = new int[count];
        for (Sample sample : data.samples()) {
            boolean[] seen = new boolean[count];
            for (Annotation object : sample.annotations()) {
                if (!object.crowd()) {
                    objects[object.label()]++;
                    images[object.label()] += seen[object.label()] ? 0 : 1;
                    seen[object.label()] = true;
                }
            }
        }
        List<String> names = data.categories().stream().map(each -> each.name()).toList();
        return new Balance(names, objects, images, data.samples().size());
    }

    /** The share of a dense detector's scores that are to be 1: objects' points over all points and classes. */
    public double positives(int points) {
        double perImage = (double) IntStream.of(objects).sum() / Math.max(1, samples);
        return Math.min(1, POINTS * perImage / ((double) points * classes.size()));
    }

    /**
     * What it means for the parameters of a focal loss, a sentence each.
     *
     * @param points of a dense detector, over all levels
     */
    public List<String> advice(int points) {
        List<String> advice = new ArrayList<>();
        double share = positives(points);
        advice.add(String.format(
                Locale.ROOT,
                "about %.2g %% of the scores are to be 1 (%d points, %d classes): prior %.2g starts where training ends;"
                        + " 0.01 is usual",
                100 * share,
                points,
                classes.size(),
                Math.max(1e-4, Math.min(0.1, share))));
        advice.add(String.format(
                Locale.ROOT,
                "gamma 0 would need alpha %.3f to weigh objects like background; gamma 2 quietens the background"
                        + " itself, so that alpha 0.25 does",
                1 - share));
        int[] present = IntStream.range(0, objects.length)
                .filter(label -> objects[label] > 0)
                .toArray();
        int most = IntStream.of(present)
                .reduce((a, b) -> objects[b] > objects[a] ? b : a)
                .orElse(0);
        int least = IntStream.of(present)
                .reduce((a, b) -> objects[b] < objects[a] ? b : a)
                .orElse(0);
        if (present.length > 1 && objects[most] >= UNEVEN * objects[least]) {
            advice.add(String.format(
                    Locale.ROOT,
                    "%s is %d times as frequent as %s (in %.2g %% of the images): alpha and gamma weigh background, not"
                            + " classes; show images of rare classes more often",
                    classes.get(most),
                    objects[most] / objects[least],
                    classes.get(least),
                    100.0 * images[least] / Math.max(1, samples)));
        }
        return advice;
    }
}
