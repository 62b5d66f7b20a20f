package dev.parfocal.detection.format.coco;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.coco.CategoryRecord;
import dev.parfocal.detection.coco.CocoFile;
import dev.parfocal.detection.coco.IdNumbers;
import dev.parfocal.detection.coco.ImageRecord;
import dev.parfocal.detection.coco.ObjectRecord;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Labels;
import dev.parfocal.detection.data.RecordId;
import dev.parfocal.detection.format.raw.Assembler;
import dev.parfocal.detection.format.raw.ImageSearch;
import dev.parfocal.detection.format.raw.RawImage;
import dev.parfocal.detection.format.raw.Shapes;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads COCO annotation files, one or several (train, val, test …), and finds their images. */
public final class CocoReader {

    private static final Box NO_BOX = new Box(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    private final Lint lint;
    private final Assembler assembler;
    private final Map<Long, Category> categories = new TreeMap<>();
    private final Map<Long, Path> earlier = new LinkedHashMap<>();

    private CocoReader(Lint lint) {
        this.lint = lint;
        this.assembler = new Assembler(lint);
    }

    public static Dataset read(Path path, Lint lint) {
        List<CocoLayout.Part> parts = CocoLayout.parts(path, lint);
        List<CocoFile> files = new ArrayList<>();
        CocoReader reader = new CocoReader(lint);
        for (CocoLayout.Part part : parts) {
            CocoFile file = CocoFile.read(part.json());
            reader.addCategories(part, file);
            files.add(file);
        }
        List<Category> categories = List.copyOf(reader.categories.values());
        for (int i = 0; i < parts.size(); i++) {
            reader.add(parts.get(i), files.get(i), Labels.of(categories));
        }
        return reader.assembler.finish(path.toString(), categories);
    }

    private void addCategories(CocoLayout.Part part, CocoFile file) {
        List<Category> own = categories(part.json(), file);
        for (Category category : own) {
            Category known = categories.get(category.id());
            if (known != null && !known.name().equals(category.name())) {
                throw new ParfocalException(
                        part.json() + ": category " + category.id() + " is '" + category.name() + "' here and '"
                                + known.name() + "' in another annotation file; give both the same categories");
            }
            boolean elsewhere = !categories.isEmpty() && known == null;
            for (Category other : categories.values()) {
                if (elsewhere && other.name().equals(category.name()) && !own.contains(other)) {
                    throw new ParfocalException(part.json() + ": '" + category.name() + "' is category " + category.id()
                            + " here and " + other.id() + " in another annotation file; give both the same categories");
                }
            }
        }
        own.forEach(category -> categories.put(category.id(), category));
    }

    static List<Category> categories(Path json, CocoFile file) {
        List<Category> categories = new ArrayList<>();
        for (CategoryRecord category : file.categories()) {
            if (!(category.id() instanceof RecordId.Whole whole)) {
                throw new ParfocalException(json + ": category id " + category.id()
                        + " is a text; a detector's classes need numbers, in categories and in annotations");
            }
            categories.add(new Category(whole.number(), category.name()));
        }
        return categories;
    }

    private void add(CocoLayout.Part part, CocoFile file, Labels labels) {
        String source = part.json().getFileName().toString();
        part.split().ifPresent(assembler::declare);
        IdNumbers.requireOneKind(file.images().stream().map(ImageRecord::id).toList(), part.json() + ": images");
        Map<RecordId, List<ObjectRecord>> objects = objectsByImage(source, file);
        List<ImageSearch.Found> found = file.images().stream()
                .map(image -> part.images().find(image.fileName()))
                .toList();
        Map<RecordId, Long> own = numbers(file);
        Map<RecordId, Long> ids = ids(file, found);
        for (int i = 0; i < found.size(); i++) {
            ImageRecord image = file.images().get(i);
            Path picture = found.get(i).file();
            String where = source + ", images[" + i + "] (id " + image.id() + ")";
            long id = ids.getOrDefault(image.id(), 0L);
            if (id != own.getOrDefault(image.id(), id)) {
                lint.add(Problem.RENUMBERED_IMAGE, where, "then id " + id);
            }
            if (found.get(i).shortened()) {
                lint.add(Problem.SHORTENED_PATH, where, String.valueOf(image.fileName()));
            }
            List<RawImage.Item> items = items(objects.getOrDefault(image.id(), List.of()), labels);
            RawImage raw = new RawImage(where, id, image.id(), picture, image.width(), image.height(), items);
            assembler.add(raw).ifPresent(known -> part.split().ifPresent(split -> assembler.assign(split, known)));
            earlier.putIfAbsent(id, picture);
        }
    }

    /** The data set's own numbers: the file's, moved up where another file gave one of them to another image. */
    private Map<RecordId, Long> ids(CocoFile file, List<ImageSearch.Found> found) {
        Map<RecordId, Long> ids = numbers(file);
        boolean clashes = false;
        for (int i = 0; i < found.size(); i++) {
            Path other = earlier.get(ids.get(file.images().get(i).id()));
            clashes |= other != null && !other.equals(found.get(i).file());
        }
        if (clashes) {
            long last =
                    earlier.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
            long lowest = ids.values().stream().mapToLong(Long::longValue).min().orElse(0);
            ids.replaceAll((source, id) -> id - lowest + last + 1);
        }
        return ids;
    }

    /** Whole numbers as they are, texts 1, 2, … in their order. */
    static Map<RecordId, Long> numbers(CocoFile file) {
        IdNumbers order = new IdNumbers();
        file.images().forEach(image -> order.number(image.id()));
        order.sort();
        Map<RecordId, Long> ids = new LinkedHashMap<>();
        for (ImageRecord image : file.images()) {
            long number = order.number(image.id());
            ids.put(image.id(), image.id() instanceof RecordId.Text ? number - Long.MIN_VALUE + 1 : number);
        }
        return ids;
    }

    private Map<RecordId, List<ObjectRecord>> objectsByImage(String source, CocoFile file) {
        Map<RecordId, List<ObjectRecord>> objects = new HashMap<>();
        file.images().forEach(image -> objects.put(image.id(), new ArrayList<>()));
        Set<RecordId> annotationIds = new HashSet<>();
        for (ObjectRecord object : file.objects()) {
            String where = source + ", annotations[" + object.index() + "]";
            if (object.id() != null && !annotationIds.add(object.id())) {
                lint.add(Problem.SHARED_ANNOTATION_ID, where, "id " + object.id());
            }
            if (object.ignore() && !object.crowd()) {
                lint.add(Problem.IGNORED_MARK, where, "");
            }
            List<ObjectRecord> list = objects.get(object.image());
            if (list == null) {
                lint.add(Problem.UNKNOWN_IMAGE, where, "image " + object.image());
            } else {
                list.add(object);
                if (object.rotation() != 0) {
                    lint.add(Problem.ROTATED_BOX, where, object.rotation() + "°");
                }
            }
        }
        return objects;
    }

    private static List<RawImage.Item> items(List<ObjectRecord> objects, Labels labels) {
        return objects.stream()
                .map(object -> new RawImage.Item(
                        "annotations[" + object.index() + "]",
                        Shapes.turned(box(object), object.rotation()),
                        object.category() instanceof RecordId.Whole whole ? labels.label(whole.number()) : -1,
                        object.category().toString(),
                        object.crowd(),
                        object.area() == null ? Double.NaN : object.area(),
                        object.hasZeroId()))
                .toList();
    }

    static Box box(ObjectRecord object) {
        double[] xywh = object.xywh();
        return xywh == null ? NO_BOX : Box.ofXywh(xywh[0], xywh[1], xywh[2], xywh[3]);
    }
}
