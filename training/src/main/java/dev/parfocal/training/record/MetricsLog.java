package dev.parfocal.training.record;

import dev.parfocal.core.ParfocalException;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Appends a JSON object per line to a file; every line is there when the call returns. */
final class MetricsLog implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final BufferedWriter writer;
    private final Set<Long> evaluated = new HashSet<>();

    /** Keeps the file's lines up to {@code step}, which a resumed run does not repeat, and goes on behind them. */
    MetricsLog(Path file, long step) {
        this.file = file;
        try {
            keep(step);
            // A stream, not a channel: an interrupt, which asks for a stop, would close a channel.
            writer = new BufferedWriter(
                    new OutputStreamWriter(new FileOutputStream(file.toFile(), true), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ParfocalException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private void keep(long step) throws IOException {
        byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        StringBuilder kept = new StringBuilder();
        for (String line : new String(before, StandardCharsets.UTF_8).lines().toList()) {
            JsonNode node = parse(line);
            long of = node.path("step").asLong(Long.MAX_VALUE);
            if (of <= step) {
                kept.append(line).append('\n');
                if (node.has("evaluation")) {
                    evaluated.add(of);
                }
            }
        }
        byte[] after = kept.toString().getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(before, after)) {
            replace(after);
        }
    }

    /** A line; without fields if a killed process left it unfinished. */
    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    private void replace(byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileOutputStream stream = new FileOutputStream(temporary.toFile())) {
            stream.write(bytes);
            stream.getFD().sync();
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether the evaluation after a step is among the lines that were kept. */
    boolean isEvaluated(long step) {
        return evaluated.contains(step);
    }

    void append(Map<String, ?> entry) {
        try {
            writer.write(JSON.writeValueAsString(entry));
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            throw new ParfocalException(
                    "cannot write " + file + " (" + e.getMessage() + "): make room, then --resume", e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new ParfocalException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
