package dev.parfocal.detection.data;

import dev.parfocal.core.ParfocalException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * A JSON file read as a stream of typed values; every mistake names file, line, column and record. NaN and Infinity are
 * accepted as numbers, because Python writes them.
 */
final class JsonFile {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Path path;
    private final JsonParser parser;

    private JsonFile(Path path, JsonParser parser) {
        this.path = path;
        this.parser = parser;
    }

    /** Opens the file, stands on its first value, and hands it to the reader. */
    static <T> T read(Path path, Function<JsonFile, T> reader) {
        try (InputStream input = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
                JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), input)) {
            parser.nextToken();
            T result = reader.apply(new JsonFile(path, parser));
            parser.nextToken();
            return result;
        } catch (JacksonException e) {
            throw BrokenJson.error(path, e);
        } catch (IOException e) {
            throw FileErrors.unreadable(path, e);
        }
    }

    private static String at(Path path, TokenStreamLocation location) {
        return path + ": line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }

    /** Reads the object that begins here; {@code field} must read (or skip) the value of the field named to it. */
    void object(Consumer<String> field) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong("an object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            field.accept(name);
        }
    }

    /** Reads the array that begins here; {@code item} must read (or skip) one value. */
    void array(Runnable item) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw wrong("an array");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            item.run();
        }
    }

    void skip() {
        parser.skipChildren();
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    double number() {
        if (!isNumber()) {
            throw wrong("a number");
        }
        return parser.getDoubleValue();
    }

    /** A whole number; {@code 3.0} counts as one. */
    long integer() {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return parser.getLongValue();
        }
        if (isNumber() && parser.getDoubleValue() == Math.rint(parser.getDoubleValue())) {
            return (long) parser.getDoubleValue();
        }
        throw wrong("a whole number");
    }

    String text() {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong("a text in quotes");
        }
        return parser.getString();
    }

    /** {@code true} or {@code false}, also as 1 or 0. */
    boolean flag() {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> integer() != 0;
        };
    }

    /** Exactly this many numbers. */
    double[] numbers(int count) {
        double[] values = new double[count];
        int[] read = {0};
        array(() -> {
            if (read[0] == count) {
                throw wrong("only " + count + " numbers");
            }
            values[read[0]++] = number();
        });
        if (read[0] < count) {
            throw error("expected " + count + " numbers, found " + read[0]);
        }
        return values;
    }

    private boolean isNumber() {
        JsonToken token = parser.currentToken();
        return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
    }

    private ParfocalException wrong(String expected) {
        JsonToken token = parser.currentToken();
        String found = token == null
                ? "the end of the file"
                : switch (token) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "an array";
                    case VALUE_STRING -> "\"" + parser.getString() + "\"";
                    default -> parser.getString();
                };
        return error("expected " + expected + ", found " + found);
    }

    /** A mistake in the value that was read last, or in the record around it. */
    ParfocalException error(String message) {
        String record = record(parser.streamReadContext().pathAsPointer().toString());
        return new ParfocalException(at(path, parser.currentTokenLocation()) + record + message);
    }

    /** {@code /annotations/17/bbox} as {@code annotations[17].bbox}. */
    private static String record(String pointer) {
        String text = pointer.replaceAll("/(\\d+)", "[$1]").replace('/', '.').replaceFirst("^\\.", "");
        return text.isEmpty() ? "" : text + ": ";
    }
}
