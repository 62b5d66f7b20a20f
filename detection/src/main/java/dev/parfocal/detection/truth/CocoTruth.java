package dev.parfocal.detection.truth;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.coco.ImageRecord;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What there is to find.
 *
 * @param images the image ids, ascending
 * @param records the images in the same order
 * @param categories by ascending id
 * @param federation which classes were looked for in which images, if the file says so
 * @param notes what looks wrong in the truth
 */
public record CocoTruth(
        long[] images,
        List<ImageRecord> records,
        List<Category> categories,
        BoxTable objects,
        Optional<Federation> federation,
        List<String> notes) {

    static CocoTruth of(Dataset dataset) {
        BoxTable objects = new BoxTable("object");
        for (Sample sample : dataset.samples()) {
            for (Annotation object : sample.annotations()) {
                long category = dataset.categories().get(object.label()).id();
                objects.add(
                        sample.id(),
                        category,
                        xywh(object.box()),
                        object.area(),
                        Marks.of(object.crowd(), false, object.zeroId()));
            }
        }
        SortedMap<Long, ImageRecord> images = new TreeMap<>();
        dataset.samples().forEach(sample -> images.put(sample.id(), record(sample)));
        long[] ids = images.keySet().stream().mapToLong(Long::longValue).toArray();
        return new CocoTruth(
                ids, List.copyOf(images.values()), byId(dataset.categories()), objects, Optional.empty(), List.of());
    }

    static double[] xywh(Box box) {
        return new double[] {box.x1(), box.y1(), box.width(), box.height()};
    }

    private static ImageRecord record(Sample sample) {
        return new ImageRecord(sample.source(), sample.file().toString(), sample.width(), sample.height());
    }

    static List<Category> byId(List<Category> categories) {
        return categories.stream()
                .sorted(Comparator.comparingLong(Category::id))
                .toList();
    }

    public long[] categoryIds() {
        return categories.stream().mapToLong(Category::id).toArray();
    }
}
