package dev.parfocal.detection.data;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads Pascal VOC: {@code Annotations/*.xml}, {@code JPEGImages}, {@code ImageSets/Main/*.txt}.
 *
 * <p>VOC counts pixels from 1 and includes the last one, so {@code xmin..xmax} becomes {@code [xmin - 1, xmax]}; a box
 * with {@code xmax <= xmin} as written has no area. Categories are the names met, sorted, or the lines of
 * {@code classes.txt} when there is one. {@code difficult} objects are read as crowd. Image ids are 1, 2, … by file name.
 */
final class VocReader {

    private final Path root;
    private final Lint lint;
    private final Assembler assembler;
    private final Map<String, Long> ids = new HashMap<>();

    private VocReader(Path root, Lint lint) {
        this.root = root;
        this.lint = lint;
        this.assembler = new Assembler(lint);
    }

    static Dataset read(Path root, Lint lint) {
        return new VocReader(root, lint).read();
    }

    private Dataset read() {
        List<Path> files = Folders.files(root.resolve("Annotations"), "xml");
        if (files.isEmpty()) {
            throw new ParfocalException(
                    root + ": no annotations; a VOC data set has Annotations/*.xml, JPEGImages and ImageSets/Main");
        }
        List<Xml> annotations = files.stream().map(Xml::read).toList();
        List<Category> categories = Labels.named(names(annotations));
        Labels labels = Labels.of(categories);
        for (Xml annotation : annotations) {
            long id = ids.size() + 1L;
            ids.put(Folders.stem(annotation.file()), id);
            assembler.add(image(annotation, id, labels));
        }
        noteUnusedImages();
        readSplits();
        return assembler.finish(root.toString(), categories);
    }

    private List<String> names(List<Xml> annotations) {
        Path file = root.resolve("classes.txt");
        if (Files.isRegularFile(file)) {
            return Folders.lines(file).stream().filter(line -> !line.isEmpty()).toList();
        }
        return annotations.stream()
                .flatMap(annotation -> annotation.all("object").stream())
                .map(object -> object.required("name").text())
                .distinct()
                .sorted()
                .toList();
    }

    private RawImage image(Xml annotation, long id, Labels labels) {
        List<RawImage.Item> items = new ArrayList<>();
        for (Xml object : annotation.all("object")) {
            String name = object.required("name").text();
            boolean difficult =
                    object.first("difficult").map(Xml::text).orElse("0").equals("1");
            String where = "object " + (items.size() + 1);
            items.add(new RawImage.Item(where, box(object), labels.label(name), name, difficult, Double.NaN));
        }
        String where = annotation.file().getFileName().toString();
        return new RawImage(where, id, file(annotation), size(annotation, "width"), size(annotation, "height"), items);
    }

    private static Box box(Xml object) {
        Xml box = object.required("bndbox");
        Box written = new Box(
                box.required("xmin").number(),
                box.required("ymin").number(),
                box.required("xmax").number(),
                box.required("ymax").number());
        return written.isEmpty() ? written : new Box(written.x1() - 1, written.y1() - 1, written.x2(), written.y2());
    }

    private static int size(Xml annotation, String side) {
        return annotation
                .first("size")
                .flatMap(size -> size.first(side))
                .map(text -> (int) text.number())
                .orElse(0);
    }

    /** The image named like the annotation; else the one that {@code <filename>} names. */
    private Path file(Xml annotation) {
        Path folder = root.resolve("JPEGImages");
        Path twin = Folders.image(folder, Folders.stem(annotation.file()));
        if (twin != null) {
            return twin;
        }
        String name = annotation.first("filename").map(Xml::text).orElse("");
        Path named = Folders.resolve(folder, name.isEmpty() ? "(no filename)" : name);
        return named == null ? folder.resolve("(no valid filename)") : named;
    }

    private void noteUnusedImages() {
        Set<String> stems = new HashSet<>(ids.keySet());
        for (Path image : Folders.images(root.resolve("JPEGImages"))) {
            if (!stems.contains(Folders.stem(image)) && !assembler.uses(image)) {
                lint.add(
                        Problem.NO_ANNOTATION_FILE,
                        "JPEGImages",
                        image.getFileName().toString());
            }
        }
    }

    /** Lists of one class (name and 1 or -1 a line) are not parts of the data set. */
    private void readSplits() {
        for (Path list : Folders.files(root.resolve("ImageSets").resolve("Main"), "txt")) {
            List<String> lines = Folders.lines(list);
            if (lines.stream().noneMatch(line -> line.contains(" "))) {
                readSplit(list, lines);
            }
        }
    }

    private void readSplit(Path list, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String stem = lines.get(i);
            Long id = ids.get(stem);
            if (id != null) {
                assembler.assign(Folders.stem(list), id);
            } else if (!stem.isEmpty()) {
                lint.add(Problem.UNKNOWN_IMAGE, list.getFileName() + ", line " + (i + 1), stem);
            }
        }
    }
}
