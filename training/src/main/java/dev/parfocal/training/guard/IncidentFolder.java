package dev.parfocal.training.guard;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The incidents of a run: the first, and the newest of the others. */
public record IncidentFolder(Path folder, GuardConfig config) {
    private static final long MEGABYTE = 1 << 20;
    private static final String SUFFIX = ".safetensors";

    /**
     * Writes an incident and removes one that is too many.
     *
     * @return its file; empty if it is too large to be kept
     */
    public Optional<Path> keep(IncidentFile incident, long step) {
        if (incident.bytes() > config.megabytes() * MEGABYTE) {
            return Optional.empty();
        }
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("step-" + step + SUFFIX);
            for (int again = 2; Files.exists(file); again++) {
                file = folder.resolve("step-" + step + "-" + again + SUFFIX);
            }
            incident.write(file);
            List<Path> files = files();
            while (files.size() > config.keep()) {
                Files.delete(files.remove(config.keep() == 1 ? 0 : 1));
            }
            return Optional.of(file);
        } catch (IOException e) {
            throw new ParfocalException("cannot write to " + folder + " (" + e.getMessage() + "): make room");
        }
    }

    /** Oldest first. */
    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = new ArrayList<>(
                    all.filter(f -> f.getFileName().toString().endsWith(SUFFIX)).toList());
            files.sort(
                    Comparator.comparing((Path f) -> f.toFile().lastModified()).thenComparing(Path::toString));
            return files;
        }
    }
}
