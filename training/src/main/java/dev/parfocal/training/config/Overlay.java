package dev.parfocal.training.config;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Lays values over a configuration's tree, key by key. A section of another kind starts from that kind's values; of the
 * former ones those stay that the new kind has too and that had been changed.
 */
final class Overlay {
    private static final String KIND = Schema.KIND;

    private final Schema<?> schema;
    private final Map<String, String> origins;
    private final String origin;

    /**
     * An overlay.
     *
     * @param origins is told where each value comes from, by its path
     * @param origin of the values laid
     */
    Overlay(Schema<?> schema, Map<String, String> origins, String origin) {
        this.schema = schema;
        this.origins = origins;
        this.origin = origin;
    }

    /** Lays a tree over the whole. */
    void lay(ObjectNode tree, JsonNode given) {
        section(schema.binding().type(schema.type()), tree, given, "");
    }

    private void section(JavaType type, ObjectNode base, JsonNode given, String path) {
        ObjectNode values = mapping(given, path).deepCopy();
        schema.modernize(type, values);
        JavaType own = kind(type, base, values, path);
        if (!own.equals(type)) {
            schema.modernize(own, values);
        }
        Map<String, JavaType> keys = schema.binding().keys(own);
        fold(own, values, keys.keySet());
        if (schema.isWhole(type, values)) {
            List.copyOf(values.propertyNames()).stream()
                    .filter(key -> !keys.containsKey(key))
                    .forEach(values::remove);
        }
        for (String key : ordered(own, values)) {
            JavaType child = keys.get(key);
            if (child == null) {
                throw unknown(type, base, key, path, keys.keySet());
            }
            put(own, child, base, key, values.get(key), key.equals(schema.beside(own)) ? path : join(path, key));
        }
    }

    /** Puts keys that stand beside a section's own into the mapping that they belong to. */
    private void fold(JavaType type, ObjectNode values, Collection<String> keys) {
        String mapping = schema.beside(type);
        if (mapping == null) {
            return;
        }
        List<String> others = values.propertyNames().stream()
                .filter(key -> !keys.contains(key))
                .toList();
        for (String key : others) {
            JsonNode value = values.remove(key);
            (values.get(mapping) instanceof ObjectNode there ? there : values.putObject(mapping)).set(key, value);
        }
    }

    /** Sets the kind of a section if it has kinds, and takes the key out of what is given. */
    private JavaType kind(JavaType type, ObjectNode base, ObjectNode values, String path) {
        Map<String, Object> kinds = schema.kinds(type);
        if (kinds.isEmpty()) {
            return type;
        }
        JsonNode named = values.remove(KIND);
        String before = base.path(KIND).asString("");
        String kind = named == null ? before : named.asString("").toLowerCase(Locale.ROOT);
        Object start = kinds.get(kind);
        if (start == null) {
            String words = named == null ? "is missing: " : "'" + named.asString(named.toString()) + "' is none of ";
            throw new ParfocalException(origin + ": " + join(path, KIND) + (named == null ? " " : ": ") + words
                    + String.join(", ", kinds.keySet()));
        }
        JavaType own = schema.binding().type(start.getClass());
        if (named != null) {
            origins.put(join(path, KIND), origin);
        }
        if (!kind.equals(before)) {
            start(base, StringNode.valueOf(kind), start, kinds.get(before));
        }
        return own;
    }

    /** Starts a section as another kind. */
    private void start(ObjectNode base, JsonNode kind, Object start, @Nullable Object begun) {
        ObjectNode former = base.deepCopy();
        base.removeAll();
        base.set(KIND, kind);
        base.setAll(schema.binding().section(start));
        if (begun == null) {
            return;
        }
        JsonNode unchanged = schema.binding().section(begun);
        Map<String, JavaType> had = schema.binding().keys(schema.binding().type(begun.getClass()));
        schema.binding().keys(schema.binding().type(start.getClass())).forEach((key, type) -> {
            JsonNode value = former.get(key);
            if (value != null && type.equals(had.get(key)) && !value.equals(unchanged.get(key))) {
                base.set(key, value);
            }
        });
    }

    /** The keys given, those first that others' values belong to. */
    private List<String> ordered(JavaType type, ObjectNode values) {
        List<String> first = new ArrayList<>();
        List<String> then = new ArrayList<>();
        values.propertyNames().forEach(key -> (schema.dependents(type, key).isEmpty() ? then : first).add(key));
        first.addAll(then);
        return first;
    }

    private void put(JavaType owner, JavaType type, ObjectNode base, String key, JsonNode value, String path) {
        JsonNode before = base.get(key);
        origins.put(path, origin);
        boolean needed = !type.isPrimitive() && !type.isMapLikeType() && !schema.isOptional(owner, key, type);
        if (value.isNull() && needed) {
            throw new ParfocalException(origin + ": " + path + ": a value is needed, but it is null");
        }
        if (type.isMapLikeType()) {
            base.set(key, value.isNull() ? schema.binding().node(Map.of()) : mapped(type, before, value, path));
        } else if (isSection(type) && !value.isNull()) {
            ObjectNode section = before instanceof ObjectNode there ? there : started(owner, key);
            base.set(key, section);
            section(type, section, value, path);
        } else {
            base.set(key, value);
        }
        if (!value.equals(before)) {
            schema.dependents(owner, key).forEach(mapping -> base.putObject(mapping));
        }
    }

    /** A mapping with free keys; an absent value takes a key away. */
    private ObjectNode mapped(JavaType type, @Nullable JsonNode before, JsonNode given, String path) {
        ObjectNode whole = before instanceof ObjectNode there ? there : started(type, path);
        ObjectNode entries = mapping(given, path);
        // What is taken away goes first: it decides what else may be entered.
        entries.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                whole.remove(entry.getKey());
                origins.put(join(path, entry.getKey()), origin);
            }
        });
        entries.properties().forEach(entry -> {
            if (!entry.getValue().isNull()) {
                String inner = join(path, entry.getKey());
                enter(type.getContentType(), whole, entry.getKey(), inner);
                put(type, type.getContentType(), whole, entry.getKey(), entry.getValue(), inner);
            }
        });
        return whole;
    }

    /** Starts a new entry of a mapping. */
    private void enter(JavaType type, ObjectNode entries, String key, String path) {
        if (entries.has(key)) {
            return;
        }
        schema.entry(type).ifPresent(start -> {
            Object begun = start.apply(key, entries);
            if (begun == null) {
                throw new ParfocalException(origin + ": unknown key " + path
                        + Names.suggestion(key, entries.propertyNames()) + "; there are "
                        + String.join(", ", entries.propertyNames()));
            }
            entries.set(key, schema.binding().section(begun));
        });
    }

    private ObjectNode started(JavaType owner, String key) {
        Object start = schema.start(owner, key);
        return start == null
                ? (ObjectNode) schema.binding().node(Map.of())
                : schema.binding().section(start);
    }

    private boolean isSection(JavaType type) {
        return !schema.kinds(type).isEmpty()
                || !type.isContainerType() && !schema.binding().keys(type).isEmpty();
    }

    private ObjectNode mapping(JsonNode given, String path) {
        if (given instanceof ObjectNode object) {
            return object;
        }
        throw new ParfocalException(origin + ": " + (path.isEmpty() ? "the file" : path)
                + " must be a mapping of keys to values, but is " + given);
    }

    private ParfocalException unknown(
            JavaType type, ObjectNode base, String key, String path, Collection<String> known) {
        String near = Names.suggestion(key, known);
        if (schema.kinds(type).isEmpty()) {
            return new ParfocalException(origin + ": unknown key " + join(path, key)
                    + (near.isEmpty() ? "; there are " + String.join(", ", known) : near));
        }
        String keys = known.isEmpty() ? "none" : String.join(", ", known);
        return new ParfocalException(origin + ": unknown key " + join(path, key) + ": the kind "
                + base.path(KIND).asString() + " has the keys " + keys + near);
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Absence. */
    static JsonNode absent() {
        return NullNode.getInstance();
    }
}
