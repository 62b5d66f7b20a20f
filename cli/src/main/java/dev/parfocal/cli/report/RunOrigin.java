package dev.parfocal.cli.report;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads where a run comes from. */
final class RunOrigin {
    private static final JsonMapper JSON = new JsonMapper();

    private RunOrigin() {}

    /**
     * Of a folder.
     *
     * @param run a run whose versions are those of all its runs; may be the folder itself
     */
    static Origin of(Path folder, Path run) {
        return new Origin(CommandFile.of(folder).commands(), versions(run), text(configuration(folder, run)));
    }

    private static Path configuration(Path folder, Path run) {
        Path own = folder.resolve("config.yaml");
        return Files.exists(own) ? own : run.resolve("config.yaml");
    }

    private static Map<String, String> versions(Path run) {
        Path file = run.resolve("versions.json");
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return new LinkedHashMap<>(JSON.readValue(file.toFile(), new TypeReference<Map<String, String>>() {}));
        } catch (JacksonException e) {
            throw new ParfocalException(file + ": " + e.getOriginalMessage(), e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new ParfocalException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Lines of a text file; none if there is no such file. */
    static List<String> lines(Path file) {
        return text(file).lines().toList();
    }
}
