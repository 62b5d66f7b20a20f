package dev.parfocal.detection.data;

import dev.parfocal.core.ParfocalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What a YOLO data set says of itself: in {@code data.yaml} (names as a list or by number; folders per part), or in
 * {@code classes.txt} (a name a line).
 *
 * @param base what the folders are relative to, as written; empty: the data set's own folder
 * @param parts folders by part, as written; empty when the file does not say
 */
record YoloNames(List<String> names, String base, Map<String, List<String>> parts) {

    /** @throws ParfocalException when neither file is there, or it names no classes */
    static YoloNames read(Path root) {
        for (String name : List.of("data.yaml", "data.yml", "dataset.yaml")) {
            if (Files.isRegularFile(root.resolve(name))) {
                return yaml(root.resolve(name));
            }
        }
        for (Path file :
                List.of(root.resolve("classes.txt"), root.resolve("labels").resolve("classes.txt"))) {
            if (Files.isRegularFile(file)) {
                List<String> names = Folders.lines(file).stream()
                        .filter(line -> !line.isEmpty())
                        .toList();
                return new YoloNames(requireNames(file, names), "", Map.of());
            }
        }
        throw new ParfocalException(
                root + ": no class names; a YOLO data set has data.yaml with 'names' or classes.txt in this folder");
    }

    private static YoloNames yaml(Path file) {
        JsonNode yaml;
        try {
            yaml = new YAMLMapper().readTree(file.toFile());
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String reason = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new ParfocalException(file + ": line " + line + ": not YAML: " + reason, e);
        }
        Map<String, List<String>> parts = new LinkedHashMap<>();
        for (String part : List.of("train", "val", "test")) {
            List<String> folders = texts(file, part, yaml.path(part));
            if (!folders.isEmpty()) {
                parts.put(part, folders);
            }
        }
        List<String> names = requireNames(file, names(file, yaml.path("names")));
        return new YoloNames(names, text(file, "path", yaml.path("path")), parts);
    }

    private static List<String> texts(Path file, String key, JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isString()) {
            texts.add(node.stringValue());
        }
        if (node.isArray()) {
            node.forEach(item -> texts.add(text(file, key, item)));
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

    private static List<String> requireNames(Path file, List<String> names) {
        if (names.isEmpty()) {
            throw new ParfocalException(
                    file + ": no class names; write 'names: [first, second]' (classes.txt: one a line)");
        }
        return names;
    }
}
