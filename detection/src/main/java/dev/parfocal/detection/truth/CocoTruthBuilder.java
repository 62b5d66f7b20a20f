package dev.parfocal.detection.truth;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.coco.CategoryRecord;
import dev.parfocal.detection.coco.CocoVisitor;
import dev.parfocal.detection.coco.IdNumbers;
import dev.parfocal.detection.coco.ImageRecord;
import dev.parfocal.detection.coco.ObjectRecord;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.RecordId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Collects the records of a truth file, whatever the order of its sections. */
final class CocoTruthBuilder implements CocoVisitor {

    private final IdNumbers imageNumbers;
    private final IdNumbers categoryNumbers;
    private final Map<RecordId, ImageRecord> images = new LinkedHashMap<>();
    private final Map<RecordId, String> categories = new LinkedHashMap<>();
    private final Map<RecordId, String> frequency = new LinkedHashMap<>();
    private boolean isFederated;
    private final BoxTable objects = new BoxTable("annotation");
    private final Set<RecordId> annotationIds = new HashSet<>();
    private int withoutBox;
    private int ignored;
    private boolean hasZeroId;

    /** Takes in records; ids are numbered by what is given, for the detections to be numbered alike. */
    CocoTruthBuilder(IdNumbers imageNumbers, IdNumbers categoryNumbers) {
        this.imageNumbers = imageNumbers;
        this.categoryNumbers = categoryNumbers;
    }

    @Override
    public boolean readsAttributes() {
        return true;
    }

    @Override
    public void image(ImageRecord image) {
        images.putIfAbsent(image.id(), image);
        isFederated |= !image.absent().isEmpty() || !image.incomplete().isEmpty();
    }

    @Override
    public void category(CategoryRecord category) {
        categories.put(category.id(), category.name());
        if (category.frequency() != null) {
            frequency.put(category.id(), category.frequency());
        }
    }

    @Override
    public void object(ObjectRecord object) {
        if (object.id() != null && !annotationIds.add(object.id())) {
            throw new ParfocalException(
                    "annotation id " + object.id() + " occurs twice: every annotation needs its own");
        }
        double[] box = object.xywh();
        if (box == null) {
            withoutBox++;
            return;
        }
        hasZeroId |= object.hasZeroId();
        ignored += object.ignore() && !object.crowd() ? 1 : 0;
        objects.add(
                imageNumbers.number(object.image()),
                categoryNumbers.number(object.category()),
                box,
                object.areaOrBox(),
                Marks.of(object.crowd(), object.ignore(), object.hasZeroId()));
    }

    /**
     * The truth, once all records are in.
     *
     * @throws ParfocalException if it has no images or no categories: there would be nothing to evaluate; or if its ids are
     *     of two kinds
     */
    CocoTruth build() {
        if (images.isEmpty() || categories.isEmpty()) {
            throw new ParfocalException("the truth lists no " + (images.isEmpty() ? "images" : "categories")
                    + ": it must be a COCO annotation file");
        }
        IdNumbers.requireOneKind(images.keySet(), "images");
        IdNumbers.requireOneKind(categories.keySet(), "categories");
        // Those without annotations have their places in the order too.
        images.keySet().forEach(imageNumbers::number);
        categories.keySet().forEach(categoryNumbers::number);
        objects.renumber(imageNumbers.sort(), categoryNumbers.sort());
        SortedMap<Long, ImageRecord> byNumber = new TreeMap<>();
        images.values().forEach(image -> byNumber.put(imageNumbers.number(image.id()), image));
        long[] ids = byNumber.keySet().stream().mapToLong(Long::longValue).toArray();
        List<Category> classes = categories.entrySet().stream()
                .map(each -> new Category(categoryNumbers.number(each.getKey()), each.getValue()))
                .toList();
        return new CocoTruth(
                ids,
                List.copyOf(byNumber.values()),
                CocoTruth.byId(classes),
                objects,
                federation(byNumber.values()),
                notes());
    }

    private Optional<Federation> federation(Collection<ImageRecord> inOrder) {
        if (!isFederated) {
            return Optional.empty();
        }
        Map<Long, String> ofClass = new HashMap<>();
        frequency.forEach((id, name) -> ofClass.put(categoryNumbers.number(id), name));
        return Optional.of(new Federation(
                inOrder.stream().map(image -> numbers(image.absent())).toList(),
                inOrder.stream().map(image -> numbers(image.incomplete())).toList(),
                ofClass));
    }

    private Set<Long> numbers(List<RecordId> ids) {
        return ids.stream().map(categoryNumbers::number).collect(Collectors.toUnmodifiableSet());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (hasZeroId) {
            notes.add("an annotation has the id 0: a detection that matches it counts as unmatched, as in pycocotools;"
                    + " number annotations from 1");
        }
        if (withoutBox > 0) {
            notes.add(
                    withoutBox == 1
                            ? "1 annotation has no bbox; it was left out"
                            : withoutBox + " annotations have no bbox; they were left out");
        }
        if (ignored > 0) {
            notes.add((ignored == 1
                            ? "1 annotation says \"ignore\" and counts"
                            : ignored + " annotations say \"ignore\" and count")
                    + " all the same, as in pycocotools, which goes by \"iscrowd\" alone");
        }
        return notes;
    }
}
