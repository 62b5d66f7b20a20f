package dev.parfocal.training.record;

import dev.parfocal.core.ParfocalException;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Appends a JSON object per line to a file; every line is there when the call returns. */
final class MetricsLog implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final BufferedWriter writer;

    /** Keeps the file's lines up to {@code step}, which a resumed run does not repeat, and goes on behind them. */
    MetricsLog(Path file, long step) {
        this.file = file;
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            Files.write(
                    file, lines.stream().filter(line -> stepOf(line) <= step).toList());
            // A stream, not a channel: an interrupt, which asks for a stop, would close a channel.
            writer = new BufferedWriter(
                    new OutputStreamWriter(new FileOutputStream(file.toFile(), true), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ParfocalException("cannot write " + file + ": " + e.getMessage());
        }
    }

    /** The step of a line; beyond all steps for a line that a killed process left unfinished. */
    private static long stepOf(String line) {
        return line.endsWith("}") ? JSON.readTree(line).path("step").asLong() : Long.MAX_VALUE;
    }

    void append(Map<String, ?> entry) {
        try {
            writer.write(JSON.writeValueAsString(entry));
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            throw new ParfocalException("cannot write " + file + " (" + e.getMessage() + "): make room, then --resume");
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new ParfocalException("cannot write " + file + ": " + e.getMessage());
        }
    }
}
