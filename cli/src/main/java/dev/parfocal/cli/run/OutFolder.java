package dev.parfocal.cli.run;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a command makes of the folder that {@code --out} names. A folder holds one of these, and nothing of the user's: what
 * lies there would be overwritten, and what is written there would be taken for data.
 */
public enum OutFolder {
    RUN("a run", "categories.json"),
    COMPARISON("a comparison", "runs"),
    CROSS_VALIDATION("a cross-validation", "folds.csv"),
    SEARCH("a search", "journal.jsonl");

    /** What may be left by a start that was killed at once. */
    private static final Set<String> TRACES = Set.of("command.txt", "failure.txt");

    private final String words;
    private final String mark;

    OutFolder(String words, String mark) {
        this.words = words;
        this.mark = mark;
    }

    /**
     * Refuses a folder that is not this command's to write to.
     *
     * @param out the folder; it need not be there
     * @param data the data set's folder or file
     * @throws ParfocalException if it is or lies in the data set's folder, holds something else than this, or other files
     */
    public void require(Path out, Path data) throws IOException {
        requireOutside(out, data);
        if (!Files.exists(out)) {
            return;
        }
        if (!Files.isDirectory(out)) {
            throw new ParfocalException("--out " + out + " is a file: name a folder");
        }
        for (OutFolder other : values()) {
            if (other != this && Files.exists(out.resolve(other.mark)) && !Files.exists(out.resolve(mark))) {
                throw new ParfocalException(
                        "--out " + out + " holds " + other.words + ": name another folder for " + words);
            }
        }
        if (!Files.exists(out.resolve(mark))) {
            requireEmpty(out);
        }
    }

    /**
     * Refuses a folder that holds any of these, for a command that makes none.
     *
     * @throws ParfocalException if it does
     */
    public static void requireNone(Path out) {
        for (OutFolder each : values()) {
            if (Files.exists(out.resolve(each.mark))) {
                throw new ParfocalException("--out " + out + " holds " + each.words + ": name another folder");
            }
        }
    }

    private static void requireOutside(Path out, Path data) throws IOException {
        if (!Files.isDirectory(data)) {
            return;
        }
        Path folder = data.toRealPath();
        Path there = out.toAbsolutePath().normalize();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there.toRealPath().startsWith(folder)) {
            throw new ParfocalException("--out " + out + " lies in the data set's folder " + data
                    + ", where its files would be taken for data: name a folder elsewhere");
        }
    }

    private void requireEmpty(Path out) throws IOException {
        try (Stream<Path> entries = Files.list(out)) {
            Optional<Path> first = entries.filter(entry -> {
                        String name = entry.getFileName().toString();
                        return !name.startsWith(".") && !TRACES.contains(name);
                    })
                    .sorted()
                    .findFirst();
            if (first.isPresent()) {
                throw new ParfocalException("--out " + out + " has files already ("
                        + first.get().getFileName() + " …) and they are not those of " + words
                        + ": name an empty or a new folder");
            }
        }
    }

    /**
     * Works in the folder, which is made if need be, while no other process does. If the work is refused before it has begun,
     * the folder is as it was.
     *
     * @throws ParfocalException as {@link #require} does, or if another process works there
     */
    public <T> T holding(Path out, Path data, FolderLock.Work<T> work) throws IOException {
        require(out, data);
        Path made = made(out);
        try {
            return FolderLock.holding(out, work);
        } catch (ParfocalException e) {
            removeEmpty(out, made);
            throw e;
        }
    }

    /** The first folder of the path that is not there yet; the path itself if it is there. */
    private static Path made(Path out) {
        Path first = out.toAbsolutePath().normalize();
        while (first.getParent() != null && !Files.exists(first) && !Files.exists(first.getParent())) {
            first = first.getParent();
        }
        return Files.exists(out) ? out.toAbsolutePath().normalize().resolve("none") : first;
    }

    /** Removes folders that were made for nothing, from the inmost to the outermost one made. */
    private static void removeEmpty(Path out, Path made) throws IOException {
        Path folder = out.toAbsolutePath().normalize();
        if (!folder.startsWith(made)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.anyMatch(entry -> !FolderLock.isLock(entry))) {
                return;
            }
        }
        FolderLock.delete(folder);
        for (Path each = folder; each != null && each.startsWith(made); each = each.getParent()) {
            Files.delete(each);
        }
    }
}
