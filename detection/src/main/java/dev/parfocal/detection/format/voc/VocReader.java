package dev.parfocal.detection.format.voc;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Labels;
import dev.parfocal.detection.file.Folders;
import dev.parfocal.detection.file.TextFile;
import dev.parfocal.detection.file.Xml;
import dev.parfocal.detection.format.raw.Assembler;
import dev.parfocal.detection.format.raw.ImageSearch;
import dev.parfocal.detection.format.raw.RawImage;
import dev.parfocal.detection.format.raw.Shapes;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads Pascal VOC; {@link VocLayout} says from where.
 *
 * <p>VOC counts pixels from 1 and includes the last one, so {@code xmin..xmax} becomes {@code [xmin - 1, xmax]}; a box
 * with {@code xmax <= xmin} as written has no area. Categories are the names met, sorted, or the lines of
 * {@code classes.txt} when there is one. {@code difficult} objects are read as crowd. Image ids are 1, 2, … by file name.
 */
public final class VocReader {

    private static final Set<String> YES = Set.of("1", "true", "yes");
    private static final Set<String> NO = Set.of("0", "false", "no", "", "unspecified");

    private final Path root;
    private final Lint lint;
    private final Assembler assembler;
    private final Map<String, Optional<Long>> ids = new HashMap<>();
    private final Set<Path> searched = new LinkedHashSet<>();
    private int images;

    private VocReader(Path root, Lint lint) {
        this.root = root;
        this.lint = lint;
        this.assembler = new Assembler(lint);
    }

    public static Dataset read(Path root, Lint lint) {
        return new VocReader(root, lint).read();
    }

    private Dataset read() {
        List<VocLayout.Part> parts = VocLayout.parts(root);
        Map<VocLayout.Part, List<Xml>> annotations = new LinkedHashMap<>();
        for (VocLayout.Part part : parts) {
            annotations.put(part, annotations(part));
        }
        List<Category> categories = Labels.named(
                names(annotations.values().stream().flatMap(List::stream).toList()));
        Labels labels = Labels.of(categories);
        annotations.forEach((part, all) -> {
            part.split().ifPresent(assembler::declare);
            all.forEach(annotation -> add(part, annotation, labels));
            searched.addAll(part.images());
        });
        noteUnusedImages();
        VocSplits splits = new VocSplits(assembler, lint, ids);
        splits.read(VocLayout.lists(parts.get(0).home()));
        return assembler.finish(root.toString(), categories);
    }

    /** XML files about other things are told of. */
    private List<Xml> annotations(VocLayout.Part part) {
        List<Xml> annotations = new ArrayList<>();
        for (Path file : part.annotations()) {
            Xml xml = Xml.read(file);
            if (xml.name().equals("annotation")) {
                annotations.add(xml);
            } else {
                lint.add(
                        Problem.UNUSED_FILE,
                        file.getFileName().toString(),
                        "not a Pascal VOC annotation: <" + xml.name() + ">");
            }
        }
        return annotations;
    }

    private void add(VocLayout.Part part, Xml annotation, Labels labels) {
        long id = ++images;
        Optional<Long> known = assembler.add(image(part, annotation, id, labels));
        ids.put(Folders.stem(annotation.file()), known);
        part.split().ifPresent(split -> known.ifPresent(image -> assembler.assign(split, image)));
    }

    private List<String> names(List<Xml> annotations) {
        Path file = root.resolve("classes.txt");
        if (Files.isRegularFile(file)) {
            return TextFile.lines(file).stream().filter(line -> !line.isEmpty()).toList();
        }
        return annotations.stream()
                .flatMap(annotation -> annotation.all("object").stream())
                .map(object -> object.required("name").text())
                .distinct()
                .sorted()
                .toList();
    }

    private RawImage image(VocLayout.Part part, Xml annotation, long id, Labels labels) {
        List<RawImage.Item> items = new ArrayList<>();
        for (Xml object : annotation.all("object")) {
            String name = object.required("name").text();
            String where = "object " + (items.size() + 1);
            items.add(new RawImage.Item(
                    where, box(annotation, object, where), labels.label(name), name, isDifficult(object)));
        }
        String where = annotation.file().getFileName().toString();
        int width = size(annotation, "width");
        int height = size(annotation, "height");
        return new RawImage(where, id, file(part, annotation), width, height, items);
    }

    private static boolean isDifficult(Xml object) {
        Xml difficult = object.first("difficult").orElse(null);
        String text = difficult == null ? "" : difficult.text().toLowerCase(Locale.ROOT);
        if (difficult != null && !YES.contains(text) && !NO.contains(text)) {
            throw difficult.error("<difficult> must be 0 or 1, not '" + difficult.text() + "'");
        }
        return YES.contains(text);
    }

    private Box box(Xml annotation, Xml object, String where) {
        Optional<Xml> turned = object.first("robndbox");
        double degrees = turned.isEmpty()
                ? rotation(object)
                : Math.toDegrees(turned.get().required("angle").number());
        if (degrees != 0) {
            String file = annotation.file().getFileName().toString();
            lint.add(Problem.ROTATED_BOX, file + ", " + where, degrees + "°");
        }
        return Shapes.turned(turned.map(VocReader::centred).orElseGet(() -> upright(object)), degrees);
    }

    /** What CVAT says among the attributes of an object, in degrees. */
    private static double rotation(Xml object) {
        return object.all("attributes").stream()
                .flatMap(attributes -> attributes.all("attribute").stream())
                .filter(attribute -> attribute.first("name").map(Xml::text).equals(Optional.of("rotation")))
                .map(attribute -> attribute.required("value").number())
                .findFirst()
                .orElse(0.0);
    }

    /** The box of roLabelImg, before it is turned. */
    private static Box centred(Xml box) {
        return Box.ofCxcywh(
                box.required("cx").number(),
                box.required("cy").number(),
                box.required("w").number(),
                box.required("h").number());
    }

    private static Box upright(Xml object) {
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
                .filter(text -> !text.text().isEmpty())
                .map(text -> (int) text.number())
                .orElse(0);
    }

    /** The image named like the annotation; else the one that {@code <filename>} names. */
    private static Path file(VocLayout.Part part, Xml annotation) {
        for (Path folder : part.images()) {
            Path twin = Folders.image(folder, Folders.stem(annotation.file()));
            if (twin != null) {
                return twin;
            }
        }
        String name = annotation.first("filename").map(Xml::text).orElse("");
        return new ImageSearch(part.images()).find(name.isEmpty() ? null : name).file();
    }

    private void noteUnusedImages() {
        Set<Path> seen = new HashSet<>();
        for (Path folder : searched) {
            for (Path image : Folders.images(folder)) {
                if (seen.add(image) && !ids.containsKey(Folders.stem(image)) && !assembler.uses(image)) {
                    lint.add(
                            Problem.NO_ANNOTATION_FILE,
                            folder.getFileName().toString(),
                            image.getFileName().toString());
                }
            }
        }
    }
}
