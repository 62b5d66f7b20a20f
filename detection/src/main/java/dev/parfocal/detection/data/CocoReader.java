package dev.parfocal.detection.data;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads COCO annotation files, one or several (train, val, test …), and finds their images. */
final class CocoReader {

    private final Lint lint;
    private final Assembler assembler;
    private final Map<Long, Category> categories = new TreeMap<>();
    private final Map<Long, Path> earlier = new LinkedHashMap<>();

    private CocoReader(Lint lint) {
        this.lint = lint;
        this.assembler = new Assembler(lint);
    }

    static Dataset read(Path path, Lint lint) {
        List<CocoLayout.Part> parts = CocoLayout.parts(path);
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
        for (Category category : file.categories()) {
            Category known = categories.putIfAbsent(category.id(), category);
            if (known != null && !known.name().equals(category.name())) {
                throw new ParfocalException(
                        part.json() + ": category " + category.id() + " is '" + category.name() + "' here and '"
                                + known.name() + "' in another annotation file; give both the same categories");
            }
        }
    }

    private void add(CocoLayout.Part part, CocoFile file, Labels labels) {
        String source = part.json().getFileName().toString();
        Map<Long, List<CocoFile.Item>> items = itemsByImage(source, file);
        List<Path> found = file.images().stream().map(part::find).toList();
        long offset = clashes(file, found) ? nextFreeId() : 0;
        Map<Long, Path> own = new LinkedHashMap<>();
        for (int i = 0; i < found.size(); i++) {
            CocoFile.Image image = file.images().get(i);
            String where = source + ", images[" + i + "] (id " + image.id() + ")";
            long id = image.id() + offset;
            if (offset > 0) {
                lint.add(Problem.RENUMBERED_IMAGE, where, "now id " + id);
            }
            if (!found.get(i).equals(earlier.get(id))) {
                List<RawImage.Item> objects = raw(items.getOrDefault(image.id(), List.of()), labels);
                assembler.add(new RawImage(where, id, found.get(i), image.width(), image.height(), objects));
            }
            own.putIfAbsent(id, found.get(i));
        }
        own.keySet().forEach(id -> part.split().ifPresent(split -> assembler.assign(split, id)));
        earlier.putAll(own);
    }

    /** Whether this file uses an id that another file gave to another image. */
    private boolean clashes(CocoFile file, List<Path> found) {
        for (int i = 0; i < found.size(); i++) {
            Path other = earlier.get(file.images().get(i).id());
            if (other != null && !other.equals(found.get(i))) {
                return true;
            }
        }
        return false;
    }

    private long nextFreeId() {
        return 1 + earlier.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private Map<Long, List<CocoFile.Item>> itemsByImage(String source, CocoFile file) {
        Map<Long, List<CocoFile.Item>> items = new HashMap<>();
        file.images().forEach(image -> items.put(image.id(), new ArrayList<>()));
        for (CocoFile.Item item : file.items()) {
            List<CocoFile.Item> list = items.get(item.imageId());
            if (list == null) {
                lint.add(
                        Problem.UNKNOWN_IMAGE,
                        source + ", annotations[" + item.index() + "]",
                        "image " + item.imageId());
            } else {
                list.add(item);
            }
        }
        return items;
    }

    private static List<RawImage.Item> raw(List<CocoFile.Item> items, Labels labels) {
        return items.stream()
                .map(item -> new RawImage.Item(
                        "annotations[" + item.index() + "]",
                        item.box(),
                        labels.label(item.categoryId()),
                        Long.toString(item.categoryId()),
                        item.crowd(),
                        item.area()))
                .toList();
    }
}
