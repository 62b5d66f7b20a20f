package dev.parfocal.detection.format.yolo;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads {@code data.yaml}, as Ultralytics defines it. */
final class YoloYaml {

    /** The keys that name parts, with what the part is called. */
    private static final Map<String, String> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("train", "train");
        PARTS.put("val", "val");
        PARTS.put("validation", "val");
        PARTS.put("valid", "val");
        PARTS.put("test", "test");
    }

    private YoloYaml() {}

    /** Whether a YAML file has class names. */
    static boolean hasNames(Path file) {
        try {
            return tree(file).has("names");
        } catch (ParfocalException e) {
            return false;
        }
    }

    static YoloConfig read(Path file) {
        JsonNode yaml = tree(file);
        Map<String, List<String>> parts = new LinkedHashMap<>();
        PARTS.forEach((key, part) -> {
            List<String> paths = texts(file, key, yaml.path(key));
            if (!paths.isEmpty() && parts.putIfAbsent(part, paths) != null) {
                throw new ParfocalException(file + ": '" + key + "' names the part " + part + " a second time");
            }
        });
        List<String> names = YoloConfig.requireNames(file, names(file, yaml.path("names")));
        JsonNode count = yaml.path("nc");
        if (count.isNumber() && count.asInt() != names.size()) {
            throw new ParfocalException(
                    file + ": nc says " + count.asInt() + " classes, names has " + names.size() + "; make them agree");
        }
        return new YoloConfig(file, names, text(file, "path", yaml.path("path")), parts, keypoints(file, yaml));
    }

    private static JsonNode tree(Path file) {
        try {
            return new YAMLMapper().readTree(TextFile.read(file));
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String reason = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new ParfocalException(file + ": line " + line + ": not YAML: " + reason, e);
        }
    }

    private static OptionalInt keypoints(Path file, JsonNode yaml) {
        JsonNode shape = yaml.path("kpt_shape");
        if (shape.isMissingNode() || shape.isNull()) {
            return OptionalInt.empty();
        }
        int points = shape.path(0).asInt(0);
        int numbers = shape.path(1).asInt(0);
        if (!shape.isArray() || shape.size() != 2 || points < 1 || numbers < 2 || numbers > 3) {
            throw new ParfocalException(
                    file + ": kpt_shape must be [points, 2] or [points, 3], as in [17, 3], not " + shape);
        }
        return OptionalInt.of(points * numbers);
    }

    private static List<String> texts(Path file, String key, JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(item -> texts.add(text(file, key, item)));
        } else if (!text(file, key, node).isEmpty()) {
            texts.add(text(file, key, node));
        }
        return texts;
    }

    private static String text(Path file, String key, JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        if (!node.isValueNode()) {
            throw new ParfocalException(file + ": " + key + ": expected a text, found " + node);
        }
        return node.asString();
    }

    private static List<String> names(Path file, JsonNode node) {
        if (!node.isObject()) {
            return texts(file, "names", node);
        }
        Map<Integer, String> byNumber = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getKey().matches("\\d{1,6}")) {
                throw new ParfocalException(file + ": names: '" + entry.getKey() + "' must be a class number");
            }
            byNumber.put(Integer.valueOf(entry.getKey()), text(file, "names", entry.getValue()));
        }
        for (int number = 0; number < byNumber.size(); number++) {
            if (!byNumber.containsKey(number)) {
                throw new ParfocalException(file + ": names: class " + number + " has no name; number them 0, 1, 2, …");
            }
        }
        return List.copyOf(byNumber.values());
    }
}
