package dev.parfocal.detection.coco;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A COCO annotation file as it stands, its sections in any order.
 *
 * @param categories by ascending id, as pycocotools numbers them
 */
public record CocoFile(List<ImageRecord> images, List<ObjectRecord> objects, List<CategoryRecord> categories) {

    /** @throws dev.parfocal.core.ParfocalException when the file is not such a file */
    public static CocoFile read(Path path) {
        List<ImageRecord> images = new ArrayList<>();
        List<ObjectRecord> objects = new ArrayList<>();
        List<CategoryRecord> categories = new ArrayList<>();
        CocoRecords.annotations(path, new CocoVisitor() {
            @Override
            public void image(ImageRecord image) {
                images.add(image);
            }

            @Override
            public void category(CategoryRecord category) {
                categories.add(category);
            }

            @Override
            public void object(ObjectRecord object) {
                objects.add(object);
            }
        });
        IdNumbers numbers = new IdNumbers();
        categories.forEach(category -> numbers.number(category.id()));
        numbers.sort();
        categories.sort((a, b) -> Long.compare(numbers.number(a.id()), numbers.number(b.id())));
        return new CocoFile(images, objects, categories);
    }
}
