package dev.parfocal.detection.coco;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.RecordId;
import dev.parfocal.detection.file.JsonFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The fields of the record at hand that mean something, as read so far; null is missing. */
final class Fields {

    private final JsonFile json;

    @Nullable
    RecordId id;

    @Nullable
    RecordId image;

    @Nullable
    RecordId category;

    double @Nullable [] box;

    @Nullable
    Double score;

    @Nullable
    Double area;

    double rotation;
    boolean crowd;
    boolean ignore;

    @Nullable
    String name;

    @Nullable
    String fileName;

    @Nullable
    String frequency;

    List<RecordId> absent = List.of();
    List<RecordId> incomplete = List.of();
    int width;
    int height;

    private final boolean readsAll;
    private final Consumer<String> other;

    private Fields(JsonFile json, boolean readsAll, Consumer<String> other) {
        this.json = json;
        this.readsAll = readsAll;
        this.other = other;
    }

    /** Reads the object that the file stands at. */
    static Fields read(JsonFile json) {
        return read(json, false, field -> json.skip());
    }

    /**
     * Reads the object that the file stands at, with all that it says.
     *
     * @param attributes receives the other fields that are single values, and those within {@code attributes}
     */
    static Fields read(JsonFile json, Map<String, String> attributes) {
        return read(json, true, field -> attribute(json, field, attributes));
    }

    private static Fields read(JsonFile json, boolean readsAll, Consumer<String> other) {
        Fields fields = new Fields(json, readsAll, other);
        json.object(field -> {
            if (!json.isNull()) {
                fields.read(field);
            }
        });
        return fields;
    }

    private static void attribute(JsonFile json, String field, Map<String, String> attributes) {
        if (field.equals("attributes") && json.isObject()) {
            json.object(inner -> attribute(json, inner, attributes));
        } else if (json.isArray() || json.isObject() || json.isNull()) {
            json.skip();
        } else {
            attributes.put(field, json.scalar());
        }
    }

    private void read(String field) {
        switch (field) {
            case "id" -> id = id(field);
            case "image_id" -> image = id(field);
            case "category_id" -> category = id(field);
            case "bbox" -> box = box();
            case "score" -> score = json.number();
            case "area" -> area = json.number();
            case "iscrowd" -> crowd = flag(field);
            case "ignore" -> ignore = flag(field);
            case "name" -> name = json.scalar();
            case "file_name" -> fileName = json.text();
            case "width" -> width = size();
            case "height" -> height = size();
            case "frequency" -> {
                if (json.isText()) {
                    frequency = json.text();
                } else {
                    other.accept(field);
                }
            }
            case "neg_category_ids" -> absent = ids(field);
            case "not_exhaustive_category_ids" -> incomplete = ids(field);
            case "attributes" -> attributes(field);
            default -> other.accept(field);
        }
    }

    /** CVAT writes by how much a box is turned among the attributes of the object. */
    private void attributes(String field) {
        if (readsAll || !json.isObject()) {
            other.accept(field);
            return;
        }
        json.object(inner -> {
            if (inner.equals("rotation") && json.isNumber()) {
                rotation = json.number();
            } else {
                json.skip();
            }
        });
    }

    private List<RecordId> ids(String field) {
        List<RecordId> ids = new ArrayList<>();
        if (readsAll) {
            json.array(() -> ids.add(id(field)));
        } else {
            json.skip();
        }
        return ids;
    }

    private RecordId id(String field) {
        if (json.isText()) {
            return RecordId.of(json.text());
        }
        if (!json.isNumber()) {
            throw json.wrong("a whole number or a text for " + field);
        }
        return RecordId.of(json.integer());
    }

    /** pycocotools takes any text for true, "0" too: nobody can mean that. */
    private boolean flag(String field) {
        if (json.isText()) {
            throw json.error(field + " is the text \"" + json.text()
                    + "\"; write 0 or 1 without quotes (true and false do too)");
        }
        return json.flag();
    }

    /** The empty list stands for no box. */
    private double @Nullable [] box() {
        double[] numbers = json.numbers();
        if (numbers.length != 0 && numbers.length != 4) {
            throw json.error("a box is [x, y, width, height]; this one has " + numbers.length + " numbers");
        }
        return numbers.length == 0 ? null : numbers;
    }

    private int size() {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, Math.round(json.number())));
    }

    /** @throws ParfocalException if there is no value; the message names the field */
    <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw json.error("no \"" + field + "\" in this record");
        }
        return value;
    }
}
