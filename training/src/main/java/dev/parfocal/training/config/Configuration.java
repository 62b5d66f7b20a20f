package dev.parfocal.training.config;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tree of values under change, and where each value comes from: files and options are laid over it one after the other,
 * {@link #value} reads it into records. It never changes itself.
 *
 * @param <T> the record that it is read into
 */
public final class Configuration<T> {
    private final Schema<T> schema;
    private final ObjectNode tree;
    private final Map<String, String> origins;

    private Configuration(Schema<T> schema, ObjectNode tree, Map<String, String> origins) {
        this.schema = schema;
        this.tree = tree;
        this.origins = origins;
    }

    /** The configuration that says nothing. */
    public static <T> Configuration<T> of(Schema<T> schema) {
        return of(schema, schema.defaults());
    }

    /** The configuration of a record. */
    public static <T> Configuration<T> of(Schema<T> schema, T value) {
        return new Configuration<>(schema, schema.binding().section(value), Map.of());
    }

    /**
     * The same with one other value.
     *
     * @param path its key with those of the sections around it, {@code model.input.width}
     * @param value null: absent
     * @param origin what errors call it: an option, a file
     * @throws ParfocalException if there is no such key
     */
    public Configuration<T> with(String path, @Nullable Object value, String origin) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put(path, value == null ? Overlay.absent() : value);
        return with(one, origin);
    }

    /** The same with several other values, which may stand in any order. */
    public Configuration<T> with(Map<String, ?> values, String origin) {
        ObjectNode given = (ObjectNode) schema.binding().node(Map.of());
        values.forEach((path, value) -> put(given, path, schema.binding().node(value)));
        return laid(given, origin);
    }

    /** The same with values as texts in YAML: numbers, words, lists, {@code null}. */
    public Configuration<T> withTexts(Map<String, String> texts, String origin) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        texts.forEach((path, text) -> values.put(path, parsed(path, text, origin)));
        return with(values, origin);
    }

    private JsonNode parsed(String path, String text, String origin) {
        if (text.isBlank()) {
            throw new ParfocalException(origin + ": " + path + "=: a value is missing");
        }
        try {
            JsonNode value = schema.binding().tree(text);
            return value == null ? Overlay.absent() : value;
        } catch (JacksonException e) {
            throw new ParfocalException(origin + ": " + path + "=" + text + ": not a YAML value", e);
        }
    }

    private static void put(ObjectNode tree, String path, JsonNode value) {
        String[] keys = path.split("\\.", -1);
        ObjectNode node = tree;
        for (int i = 0; i + 1 < keys.length; i++) {
            node = node.get(keys[i]) instanceof ObjectNode object ? object : node.putObject(keys[i]);
        }
        node.set(keys[keys.length - 1], value);
    }

    /**
     * The same with what a YAML file says.
     *
     * @throws ParfocalException if it cannot be read, or has an unknown key
     */
    public Configuration<T> overlay(Path file) {
        try {
            return overlay(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new ParfocalException("cannot read the configuration " + file + ": " + FileErrors.reason(e), e);
        }
    }

    /** The same with what a YAML text says; {@code origin} is what errors call it. */
    public Configuration<T> overlay(String yaml, String origin) {
        JsonNode given;
        try {
            given = schema.binding().tree(yaml);
        } catch (JacksonException e) {
            throw Failure.of(e, schema.unwritten(), (path, reason) -> origin);
        }
        return given == null ? this : laid(given, origin);
    }

    /** The same with one section of another. */
    public Configuration<T> withSection(String key, Configuration<T> other) {
        ObjectNode copy = tree.deepCopy();
        copy.set(key, other.tree.get(key));
        return new Configuration<>(schema, copy, origins);
    }

    /** The same with a record in place of a section. */
    public Configuration<T> withSection(String key, Record section) {
        ObjectNode copy = tree.deepCopy();
        copy.set(key, schema.binding().section(section));
        return new Configuration<>(schema, copy, origins);
    }

    private Configuration<T> laid(JsonNode given, String origin) {
        ObjectNode copy = tree.deepCopy();
        Map<String, String> known = new LinkedHashMap<>(origins);
        new Overlay(schema, known, origin).lay(copy, given);
        return new Configuration<>(schema, copy, known);
    }

    /**
     * The records.
     *
     * @throws ParfocalException if a value does not fit; it says which, and where it comes from
     */
    public T value() {
        try {
            return schema.binding().value(tree, schema.type());
        } catch (JacksonException e) {
            throw Failure.of(e, schema.unwritten(), new Origins(origins)::of);
        }
    }

    /** The configuration as YAML, complete. */
    public String yaml() {
        return schema.binding().text(unfolded());
    }

    /** Every single value by its path, absent ones as null; lists are left out. */
    public Map<String, JsonNode> leaves() {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        collect(leaves, "", unfolded());
        return leaves;
    }

    /**
     * What stands at a key of this configuration, or else of one whose sections are of other kinds; empty if no kind has such a
     * key. Absent values are null.
     */
    public Optional<JsonNode> leaf(String path) {
        JsonNode own = leaves().get(path);
        if (own != null) {
            return Optional.of(own);
        }
        int dot = path.lastIndexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String section = path.substring(0, dot);
        JsonNode kind = leaves().get(section + "." + Schema.KIND);
        return kind == null
                ? Optional.empty()
                : schema.kindsLike(kind.asString()).stream()
                        .map(start -> schema.binding().section(start).path(path.substring(dot + 1)))
                        .filter(JsonNode::isValueNode)
                        .findFirst();
    }

    /**
     * The tree with the keys of mappings beside those of their sections, as people write them; entries that the defaults have
     * and this one has not are null, so that it reads back over the defaults.
     */
    private ObjectNode unfolded() {
        ObjectNode copy = tree.deepCopy();
        unfold(schema.binding().type(schema.type()), copy, schema.binding().section(schema.defaults()));
        return copy;
    }

    private void unfold(JavaType type, ObjectNode node, @Nullable JsonNode usual) {
        String mapping = schema.beside(type);
        schema.binding().keys(type).forEach((key, child) -> {
            JsonNode before = usual == null ? null : usual.get(key);
            if (child.isMapLikeType() && node.get(key) instanceof ObjectNode entries) {
                entries.properties().forEach(entry -> {
                    if (entry.getValue() instanceof ObjectNode section) {
                        unfold(child.getContentType(), section, before == null ? null : before.get(entry.getKey()));
                    }
                });
                if (key.equals(mapping) && before != null) {
                    before.propertyNames().stream()
                            .filter(each -> !entries.has(each))
                            .forEach(entries::putNull);
                }
            } else if (node.get(key) instanceof ObjectNode section) {
                unfold(child, section, before);
            }
        });
        if (mapping != null && node.remove(mapping) instanceof ObjectNode entries) {
            node.setAll(entries);
        }
    }

    /** The same without what stands at a key of the outermost section. */
    public Configuration<T> without(String key, String mapping) {
        ObjectNode copy = tree.deepCopy();
        if (copy.get(key) instanceof ObjectNode section) {
            section.putObject(mapping);
        }
        return new Configuration<>(schema, copy, origins);
    }

    private static void collect(Map<String, JsonNode> leaves, String path, JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(entry -> collect(
                            leaves, path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue()));
        } else if (node.isValueNode()) {
            leaves.put(path, node);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Configuration<?> that && tree.equals(that.tree);
    }

    @Override
    public int hashCode() {
        return tree.hashCode();
    }

    @Override
    public String toString() {
        return yaml();
    }
}
