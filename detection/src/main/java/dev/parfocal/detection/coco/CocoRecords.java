package dev.parfocal.detection.coco;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.RecordId;
import dev.parfocal.detection.file.JsonFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads COCO's files record by record. Every reader of Parfocal goes through here, so that a file means the same to all of
 * them:
 *
 * <ul>
 *   <li>an id is a whole number, also written {@code 3.0}, or a text; a file has either all over;
 *   <li>{@code null} is the same as no field; an empty {@code bbox} is no box;
 *   <li>{@code iscrowd} is 0, 1, true or false; a text is refused;
 *   <li>a category without a name is called by its id; a number as a name is its digits;
 *   <li>a field that nobody asked for may be anything, however deep;
 *   <li>a section that comes twice, or anything after the end, is refused.
 * </ul>
 */
public final class CocoRecords {

    private static final Set<String> SECTIONS = Set.of("images", "annotations", "categories");

    private final JsonFile json;
    private final CocoVisitor visitor;
    private final Map<RecordId, String> categories = new HashMap<>();
    private final Set<String> sections = new HashSet<>();
    private int objects;

    private CocoRecords(JsonFile json, CocoVisitor visitor) {
        this.json = json;
        this.visitor = visitor;
    }

    /**
     * Reads an annotation file: an object with the lists {@code images}, {@code annotations} and {@code categories}.
     *
     * @throws ParfocalException when the file is not such a file; the message says where
     */
    public static void annotations(Path path, CocoVisitor visitor) {
        JsonFile.read(path, json -> {
            new CocoRecords(json, visitor).file();
            return path;
        });
    }

    /**
     * Reads a list of detections {@code {image_id, category_id, bbox: [x, y, width, height], score}}.
     *
     * @throws ParfocalException when the file is not such a file, or a number is not finite; the message says where
     */
    public static void detections(Path path, Consumer<DetectionRecord> use) {
        JsonFile.read(path, json -> {
            json.array(() -> use(json, use, detection(json)));
            return path;
        });
    }

    private void file() {
        if (json.isArray()) {
            throw json.error("a list, where an annotation file is an object with images, annotations and categories; "
                    + "are these detections?");
        }
        json.object(section -> {
            if (SECTIONS.contains(section) && !sections.add(section)) {
                throw json.error("a second \"" + section + "\"; put both lists into one");
            }
            switch (section) {
                case "images" -> json.array(() -> use(json, visitor::image, image()));
                case "annotations" -> json.array(() -> use(json, visitor::object, object()));
                case "categories" -> json.array(this::category);
                default -> json.skip();
            }
        });
        if (!sections.contains("images")) {
            throw json.error("no \"images\" list; a COCO annotation file has images, annotations and categories");
        }
    }

    private ImageRecord image() {
        Map<String, String> attributes = new HashMap<>();
        Fields fields = visitor.readsAttributes() ? Fields.read(json, attributes) : Fields.read(json);
        return new ImageRecord(
                fields.required(fields.id, "id"),
                fields.fileName,
                fields.width,
                fields.height,
                attributes,
                fields.absent,
                fields.incomplete);
    }

    private ObjectRecord object() {
        Fields fields = Fields.read(json);
        return new ObjectRecord(
                objects++,
                fields.id,
                fields.required(fields.image, "image_id"),
                fields.required(fields.category, "category_id"),
                fields.box,
                fields.area,
                fields.rotation,
                fields.crowd,
                fields.ignore);
    }

    /** The same category listed again changes nothing; under another name it is a mistake. */
    private void category() {
        Fields fields = Fields.read(json);
        RecordId id = fields.required(fields.id, "id");
        String name = fields.name != null && !fields.name.isBlank()
                ? fields.name
                : id instanceof RecordId.Text text ? text.text() : id.toString();
        String known = categories.putIfAbsent(id, name);
        if (known == null) {
            use(json, visitor::category, new CategoryRecord(id, name, fields.frequency));
        } else if (!known.equals(name)) {
            throw json.error("a second category with id " + id + ", '" + name + "' after '" + known + "'");
        }
    }

    private static DetectionRecord detection(JsonFile json) {
        Fields fields = Fields.read(json);
        if (fields.image == null || fields.category == null || fields.box == null || fields.score == null) {
            throw json.error("a detection needs image_id, category_id, bbox and score");
        }
        for (double side : fields.box) {
            if (!Double.isFinite(side)) {
                throw json.error("bbox has a number that is not finite");
            }
        }
        if (!Double.isFinite(fields.score)) {
            throw json.error("score is not a finite number");
        }
        return new DetectionRecord(fields.image, fields.category, fields.box, fields.score);
    }

    private static <T> void use(JsonFile json, Consumer<T> use, T row) {
        try {
            use.accept(row);
        } catch (ParfocalException e) {
            throw json.error(String.valueOf(e.getMessage()));
        }
    }
}
