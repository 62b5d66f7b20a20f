package dev.parfocal.detection.metric;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the records of a truth file, whatever the order of its sections. */
final class CocoTruthBuilder {

    private final List<Long> images = new ArrayList<>();
    private final Map<Long, Category> categories = new HashMap<>();
    private final BoxTable objects = new BoxTable("annotation");
    private final Set<Long> annotationIds = new HashSet<>();
    private final List<String> notes = new ArrayList<>();

    void addImage(CocoRecord row) {
        images.add(row.id());
    }

    void addCategory(CocoRecord row) {
        categories.put(row.id(), new Category(row.id(), row.name()));
    }

    void addAnnotation(CocoRecord row) {
        if (row.hasId() && !annotationIds.add(row.id())) {
            throw new ParfocalException("annotation id " + row.id() + " occurs twice: every annotation needs its own");
        }
        if (row.isNumberedZero()) {
            notes.add("an annotation has the id 0: a detection that matches it counts as unmatched, as in pycocotools;"
                    + " number annotations from 1");
        }
        objects.add(row.imageId(), row.categoryId(), row.box(), row.area(), row.crowd(), !row.isNumberedZero());
    }

    /** Refuses a file without images or categories: there would be nothing to evaluate. */
    void check() {
        if (images.isEmpty() || categories.isEmpty()) {
            throw new ParfocalException("the truth lists no " + (images.isEmpty() ? "images" : "categories")
                    + ": it must be a COCO annotation file");
        }
    }

    CocoTruth build() {
        long[] ids = images.stream().mapToLong(Long::longValue).toArray();
        return new CocoTruth(
                CocoTruth.ascending(ids),
                CocoTruth.byId(List.copyOf(categories.values())),
                objects,
                List.copyOf(notes));
    }
}
