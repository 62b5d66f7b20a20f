package dev.parfocal.detection.format.tool;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.RecordId;
import dev.parfocal.detection.file.Xml;
import dev.parfocal.detection.format.raw.ImageSearch;
import dev.parfocal.detection.format.raw.Shapes;
import dev.parfocal.detection.format.raw.SplitName;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads "CVAT for images 1.1": {@code annotations.xml} with the images in {@code images}, in folders named after the subset
 * where there are subsets.
 */
public final class CvatReader {

    private static final String NO_SUBSET = "default";

    private static final Pattern POINTS =
            Pattern.compile("(NUM,NUM)(;NUM,NUM)*".replace("NUM", "[-+]?\\d+(\\.\\d+)?(e[-+]?\\d+)?"));

    private final ToolFile source;
    private final ToolRecords records;

    private CvatReader(ToolFile source, ToolRecords records) {
        this.source = source;
        this.records = records;
    }

    /** Whether an XML file has CVAT's outermost element. */
    public static boolean recognises(Path file) {
        return Xml.root(file).equals(Optional.of("annotations"));
    }

    /** The files of a folder that it is to be read from. */
    public static List<Path> files(Path path) {
        return ToolFile.in(path, "xml", CvatReader::recognises).stream()
                .map(ToolFile::file)
                .toList();
    }

    /** @param path the folder, or the XML file */
    public static Dataset read(Path path, Lint lint) {
        List<ToolFile> files = ToolFile.in(path, "xml", CvatReader::recognises);
        if (files.isEmpty()) {
            throw new ParfocalException(
                    path + ": no CVAT annotations; 'CVAT for images 1.1' exports annotations.xml and a folder images");
        }
        ToolRecords records = new ToolRecords(lint);
        for (ToolFile file : files) {
            CvatReader reader = new CvatReader(file, records);
            Xml.each(file.file(), reader::element);
        }
        return records.dataset(path);
    }

    private void element(Xml element) {
        switch (element.name()) {
            case "meta" -> element.children().forEach(this::labels);
            case "image" -> image(element);
            case "track" ->
                throw element.error(
                        "a track, as 'CVAT for video' has them; export the task as 'CVAT for images 1.1' instead");
            default -> {
                // The version.
            }
        }
    }

    /** The labels of a task, a job or a project that can be of objects. */
    private void labels(Xml owner) {
        for (Xml labels : owner.all("labels")) {
            for (Xml label : labels.all("label")) {
                boolean isTag = label.first("type").map(Xml::text).equals(Optional.of("tag"));
                if (!isTag && label.first("parent").isEmpty()) {
                    records.declare(label.required("name").text());
                }
            }
        }
    }

    private void image(Xml image) {
        String name = image.requiredAttribute("name");
        Optional<String> subset =
                image.attribute("subset").filter(each -> !each.isEmpty() && !each.equalsIgnoreCase(NO_SUBSET));
        List<ToolObject> objects = new ArrayList<>();
        for (Xml shape : image.children()) {
            String where = "line " + shape.line();
            if (shape.name().equals("tag")) {
                records.lint().add(Problem.IMAGE_LABEL, source.name() + ", " + where, label(shape));
            } else {
                box(shape, where).ifPresent(box -> objects.add(new ToolObject(where, box, label(shape))));
            }
        }
        records.add(new ToolImage(
                source.name() + ", image " + name,
                image.attribute("id").filter(id -> id.matches("\\d{1,18}")).map(id -> RecordId.of(Long.parseLong(id))),
                new ImageSearch(roots(subset)).find(name).file(),
                size(image, "width"),
                size(image, "height"),
                subset.map(SplitName::of).or(source::split),
                objects));
    }

    private List<Path> roots(Optional<String> subset) {
        List<Path> roots = new ArrayList<>();
        for (Path root : source.roots()) {
            subset.ifPresent(name -> roots.add(root.resolve(name)));
            roots.add(root);
            roots.add(root.resolve(NO_SUBSET));
        }
        return roots;
    }

    private static int size(Xml image, String side) {
        return image.attribute(side).isPresent() ? (int) image.number(side) : 0;
    }

    private static String label(Xml shape) {
        return shape.requiredAttribute("label");
    }

    private Optional<Box> box(Xml shape, String where) {
        double turned = shape.attribute("rotation").isPresent() ? shape.number("rotation") : 0;
        Optional<Box> box = switch (shape.name()) {
            case "box" -> Optional.of(Shapes.turned(corners(shape), turned));
            case "polygon" -> Optional.of(Shapes.around(points(shape)));
            case "ellipse" ->
                Optional.of(Shapes.ellipse(
                        shape.number("cx"), shape.number("cy"), shape.number("rx"), shape.number("ry"), turned));
            case "mask" ->
                Optional.of(Box.ofXywh(
                        shape.number("left"), shape.number("top"), shape.number("width"), shape.number("height")));
            default -> Optional.empty();
        };
        boolean isBox = shape.name().equals("box");
        if (!isBox || turned != 0) {
            Problem problem = box.isEmpty() ? Problem.OTHER_SHAPE : isBox ? Problem.ROTATED_BOX : Problem.AROUND_SHAPE;
            records.lint().add(problem, source.name() + ", " + where, shape.name() + " '" + label(shape) + "'");
        }
        return box;
    }

    private static Box corners(Xml box) {
        return new Box(box.number("xtl"), box.number("ytl"), box.number("xbr"), box.number("ybr"));
    }

    private static double[] points(Xml shape) {
        String text = shape.requiredAttribute("points");
        if (!POINTS.matcher(text).matches()) {
            throw shape.error("points of <" + shape.name() + "> must be 'x,y;x,y;…', not '" + text + "'");
        }
        return Arrays.stream(text.split("[;,]"))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
