package dev.parfocal.detection.file;

import dev.parfocal.core.ParfocalException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * A JSON file read as a stream of typed values; every mistake names file, line, column and record. NaN and Infinity are
 * accepted as numbers, because Python writes them.
 */
public final class JsonFile {

    /** What is skipped may be nested as deep as it likes: skipping takes no stack. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Path path;
    private final JsonParser parser;

    private JsonFile(Path path, JsonParser parser) {
        this.path = path;
        this.parser = parser;
    }

    /**
     * Opens the file, stands on its first value, and hands it to the reader.
     *
     * @throws ParfocalException when the file is not JSON, or something follows its value
     */
    public static <T> T read(Path path, Function<JsonFile, T> reader) {
        return peek(path, file -> {
            T result = reader.apply(file);
            file.requireEnd();
            return result;
        });
    }

    /**
     * Opens the file, stands on its first value, and hands it to the reader, which need not read on to the end.
     *
     * @throws ParfocalException when what is read of the file is not JSON
     */
    public static <T> T peek(Path path, Function<JsonFile, T> reader) {
        try (InputStream input = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
                JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), input)) {
            parser.nextToken();
            return reader.apply(new JsonFile(path, parser));
        } catch (JacksonException e) {
            throw BrokenJson.error(path, e);
        } catch (IOException e) {
            throw FileErrors.unreadable(path, e);
        }
    }

    private void requireEnd() {
        JsonToken next = parser.nextToken();
        if (next != null) {
            String what = next == JsonToken.START_ARRAY
                    ? "a second list"
                    : next == JsonToken.START_OBJECT ? "a second object" : "a further value";
            throw new ParfocalException(at(path, parser.currentTokenLocation()) + what
                    + " after the end of the first; are these two files put together? Make one list of them");
        }
    }

    private static String at(Path path, TokenStreamLocation location) {
        return path + ": line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }

    /** Reads the object that begins here; {@code field} must read (or skip) the value of the field named to it. */
    public void object(Consumer<String> field) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong("an object");
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            field.accept(name);
        }
    }

    /**
     * Goes on to the next field of the object that begins here, or whose last field was read or skipped.
     *
     * @return its name, with its value at hand; empty at the object's end
     */
    public Optional<String> nextField() {
        if (parser.nextToken() == JsonToken.END_OBJECT) {
            return Optional.empty();
        }
        String name = parser.currentName();
        parser.nextToken();
        return Optional.of(name);
    }

    /** Steps into the array that begins here; whether it has a value, which is at hand then. */
    public boolean first() {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    /** Reads the array that begins here; {@code item} must read (or skip) one value. */
    public void array(Runnable item) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw wrong("a list");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            item.run();
        }
    }

    public void skip() {
        parser.skipChildren();
    }

    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    public boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    public boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    public boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    public boolean isNumber() {
        JsonToken token = parser.currentToken();
        return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
    }

    public double number() {
        if (!isNumber()) {
            throw wrong("a number");
        }
        return parser.getDoubleValue();
    }

    /** A whole number; {@code 3.0} counts as one. */
    public long integer() {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            try {
                return parser.getLongValue();
            } catch (InputCoercionException e) {
                throw error("the number " + parser.getString() + " is too large; ids go up to " + Long.MAX_VALUE);
            }
        }
        double value = isNumber() ? parser.getDoubleValue() : Double.NaN;
        if (value == Math.rint(value) && Math.abs(value) <= 1L << 53) {
            return (long) value;
        }
        throw wrong("a whole number");
    }

    public String text() {
        if (!isText()) {
            throw wrong("a text in quotes");
        }
        return parser.getString();
    }

    /** A text, or a number, true or false as it is written. */
    public String scalar() {
        if (isArray() || isObject()) {
            throw wrong("a text");
        }
        return parser.getString();
    }

    /** {@code true} or {@code false}, also as 1 or 0. */
    public boolean flag() {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> integer() != 0;
        };
    }

    /** A list of numbers. */
    public double[] numbers() {
        if (!isArray()) {
            throw wrong("a list");
        }
        double[] values = new double[4];
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = number();
        }
        return count == values.length ? values : Arrays.copyOf(values, count);
    }

    /** The error that says what was expected, and what stands there. */
    public ParfocalException wrong(String expected) {
        JsonToken token = parser.currentToken();
        String found = token == null
                ? "the end of the file"
                : switch (token) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "a list";
                    case VALUE_STRING -> "\"" + parser.getString() + "\"";
                    default -> parser.getString();
                };
        return error("expected " + expected + ", found " + found);
    }

    /** A mistake in the value that was read last, or in the record around it. */
    public ParfocalException error(String message) {
        String record = record(parser.streamReadContext().pathAsPointer().toString());
        return new ParfocalException(at(path, parser.currentTokenLocation()) + record + message);
    }

    /** {@code /annotations/17/bbox} as {@code annotations[17].bbox}. */
    private static String record(String pointer) {
        String text = pointer.replaceAll("/(\\d+)", "[$1]").replace('/', '.').replaceFirst("^\\.", "");
        return text.isEmpty() ? "" : text + ": ";
    }
}
