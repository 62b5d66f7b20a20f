package dev.parfocal.training.classes;

import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The classes of the images that a run learns from.
 *
 * @param names by label
 * @param objects of each class, by label; regions of several objects are not counted
 */
public record ClassCounts(List<String> names, List<Long> objects) {

    public ClassCounts {
        names = List.copyOf(names);
        objects = List.copyOf(objects);
    }

    /** Counts the objects of a data set. */
    public static ClassCounts of(Dataset data) {
        long[] objects = new long[data.categories().size()];
        for (Sample sample : data.samples()) {
            for (Annotation object : sample.annotations()) {
                objects[object.label()] += object.crowd() ? 0 : 1;
            }
        }
        return new ClassCounts(
                data.categories().stream().map(Category::name).toList(),
                IntStream.range(0, objects.length)
                        .mapToObj(label -> objects[label])
                        .toList());
    }
}
