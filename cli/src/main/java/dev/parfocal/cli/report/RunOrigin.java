package dev.parfocal.cli.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads where a run comes from. */
final class RunOrigin {
    private RunOrigin() {}

    /**
     * Of a folder.
     *
     * @param run a run whose versions are those of all its runs; may be the folder itself
     */
    static Origin of(Path folder, Path run) {
        return new Origin(CommandFile.of(folder).commands(), versions(run), TextFiles.read(configuration(folder, run)));
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
        Map<String, String> versions = new LinkedHashMap<>();
        JsonFiles.read(file)
                .properties()
                .forEach(entry -> versions.put(entry.getKey(), entry.getValue().asString("")));
        return versions;
    }
}
