package dev.parfocal.detection.format.raw;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.JsonFile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a JSON file of a data set is, by its first fields. */
public enum JsonKind {
    /** An object with a list {@code images}. */
    COCO,
    /** An object with {@code assets}. */
    VOTT,
    /** A list of tasks, or of their annotations. */
    LABEL_STUDIO,
    /** Anything else. */
    OTHER,
    /** Not JSON as far as one had to look. */
    BROKEN;

    /** Looks into a file no further than needed. */
    public static JsonKind of(Path file) {
        try {
            return JsonFile.peek(file, JsonKind::of);
        } catch (ParfocalException e) {
            return BROKEN;
        }
    }

    private static JsonKind of(JsonFile json) {
        if (json.isObject()) {
            return ofObject(json);
        }
        return json.isArray() && json.first() && json.isObject() ? ofList(json) : OTHER;
    }

    private static JsonKind ofObject(JsonFile json) {
        for (Optional<String> field = json.nextField(); field.isPresent(); field = json.nextField()) {
            if (field.get().equals("images") && json.isArray()) {
                return COCO;
            }
            if (field.get().equals("assets") && json.isObject()) {
                return VOTT;
            }
            json.skip();
        }
        return OTHER;
    }

    private static JsonKind ofList(JsonFile json) {
        Set<String> fields = new HashSet<>();
        json.object(field -> {
            fields.add(field);
            json.skip();
        });
        boolean isTask = fields.contains("data") && (fields.contains("annotations") || fields.contains("completions"));
        return isTask || fields.contains("annotation_id") ? LABEL_STUDIO : OTHER;
    }
}
