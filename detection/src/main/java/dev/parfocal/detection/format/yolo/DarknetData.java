package dev.parfocal.detection.format.yolo;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.Folders;
import dev.parfocal.detection.file.TextFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Reads Darknet's {@code obj.data}: lines {@code key = value} that name the lists of images and the file of class names. */
final class DarknetData {

    private static final Map<String, String> PARTS = Map.of("train", "train", "valid", "val", "test", "test");

    private DarknetData() {}

    static YoloConfig read(Path file) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> lines = TextFile.lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int equals = line.indexOf('=');
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (equals < 1) {
                throw new ParfocalException(
                        file + ": line " + (i + 1) + ": expected 'key = value', found '" + line + "'");
            }
            values.put(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip());
        }
        String names = values.get("names");
        if (names == null) {
            throw new ParfocalException(file + ": no 'names = FILE' that lists the classes");
        }
        Path root = Folders.parent(file);
        Path named = YoloLayout.existing(root, root, names)
                .orElseThrow(() -> new ParfocalException(file + ": names " + names + ", which is not there"));
        Map<String, List<String>> parts = new LinkedHashMap<>();
        PARTS.forEach((key, part) -> {
            if (values.containsKey(key)) {
                parts.put(part, List.of(values.getOrDefault(key, "")));
            }
        });
        return new YoloConfig(file, YoloConfig.named(named), "", parts, OptionalInt.empty());
    }
}
