package dev.parfocal.spark;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What all machines must see.
 *
 * @param folder of the study
 * @param token of a file there: another disk mounted at the same path does not have it
 * @param others further files and folders
 * @param patienceSeconds how long a network's file system may take to show what was just written
 */
record Shared(String folder, String token, List<String> others, int patienceSeconds) implements Serializable {
    private static final long PAUSE_MILLIS = 250;

    /** Makes a study's folder recognisable. */
    void mark() throws IOException {
        Files.createDirectories(Path.of(folder));
        Files.writeString(file(), "");
        file().toFile().deleteOnExit();
    }

    void unmark() throws IOException {
        Files.deleteIfExists(file());
    }

    private Path file() {
        return Path.of(folder, ".spark-" + token);
    }

    /** What this machine does not see, in words; empty if it sees everything. */
    String unseen() throws InterruptedException {
        long end = System.nanoTime() + patienceSeconds * 1_000_000_000L;
        String unseen = look();
        while (!unseen.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(PAUSE_MILLIS);
            unseen = look();
        }
        return unseen;
    }

    private String look() {
        if (!Files.exists(file())) {
            return Files.isDirectory(Path.of(folder))
                    ? folder + " is another folder there than here"
                    : "it cannot see " + folder;
        }
        if (!Files.isWritable(Path.of(folder))) {
            return "it cannot write to " + folder;
        }
        // A file object: a path of another system would not parse.
        return others.stream()
                .filter(other -> !new File(other).canRead())
                .findFirst()
                .map(other -> "it cannot see " + other)
                .orElse("");
    }
}
