package dev.parfocal.detection.metric;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What there is to find.
 *
 * @param images the image ids, ascending
 * @param categories by ascending id
 * @param notes what looks wrong in the truth
 */
record CocoTruth(long[] images, List<Category> categories, BoxTable objects, List<String> notes) {

    static CocoTruth of(Dataset dataset) {
        BoxTable objects = new BoxTable("object");
        for (Sample sample : dataset.samples()) {
            for (Annotation object : sample.annotations()) {
                long category = dataset.categories().get(object.label()).id();
                objects.add(sample.id(), category, xywh(object.box()), object.area(), object.crowd(), !object.zeroId());
            }
        }
        long[] images = dataset.samples().stream().mapToLong(Sample::id).toArray();
        return new CocoTruth(ascending(images), byId(dataset.categories()), objects, List.of());
    }

    static double[] xywh(Box box) {
        return new double[] {box.x1(), box.y1(), box.width(), box.height()};
    }

    static long[] ascending(long[] ids) {
        return Arrays.stream(ids).sorted().distinct().toArray();
    }

    static List<Category> byId(List<Category> categories) {
        return categories.stream()
                .sorted(Comparator.comparingLong(Category::id))
                .toList();
    }

    long[] categoryIds() {
        return categories.stream().mapToLong(Category::id).toArray();
    }
}
