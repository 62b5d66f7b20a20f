package dev.parfocal.cli.report;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.BrokenJson;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON files of a folder. */
final class JsonFiles {
    private static final JsonMapper JSON = new JsonMapper();

    private JsonFiles() {}

    /**
     * Reads a file.
     *
     * @throws ParfocalException if it cannot be read or is not JSON
     */
    static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (JacksonException e) {
            throw new ParfocalException(file + ": " + BrokenJson.reason(e), e);
        }
    }

    /** Reads a file with an object on each line; none if there is no such file. */
    static List<JsonNode> readLines(Path file) {
        try {
            return TextFiles.lines(file).stream().map(JSON::readTree).toList();
        } catch (JacksonException e) {
            throw new ParfocalException(file + ": " + BrokenJson.reason(e), e);
        }
    }

    /** The items of a list; none if it is not there. */
    static List<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    /** A number; NaN if it is not there. */
    static double number(JsonNode node) {
        return node.isNumber() ? node.asDouble() : Double.NaN;
    }
}
