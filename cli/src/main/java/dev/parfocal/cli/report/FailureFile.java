package dev.parfocal.cli.report;

import dev.parfocal.cli.text.OutputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Why a run was stopped, in {@code failure.txt}; there is none while it can go on. */
public final class FailureFile {
    private static final String NAME = "failure.txt";

    private FailureFile() {}

    /** Writes why. */
    public static void write(Path run, String why) throws IOException {
        byte[] line = (why + "\n").getBytes(StandardCharsets.UTF_8);
        OutputFile.write(run.resolve(NAME), stream -> stream.write(line));
    }

    /** The run goes on. */
    public static void clear(Path run) throws IOException {
        Files.deleteIfExists(run.resolve(NAME));
    }

    /** Why, or nothing. */
    static String read(Path run) {
        return String.join(" ", TextFiles.lines(run.resolve(NAME)));
    }
}
