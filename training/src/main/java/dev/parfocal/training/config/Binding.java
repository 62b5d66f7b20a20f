package dev.parfocal.training.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Between YAML, trees and records, as Jackson sees them. */
final class Binding {
    private final YAMLMapper mapper;
    private final Map<JavaType, Map<String, JavaType>> keys = new HashMap<>();

    Binding(Map<Class<?>, Map<String, Object>> kinds) {
        YAMLMapper.Builder builder = YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .enable(YAMLWriteFeature.MINIMIZE_QUOTES);
        kinds.values()
                .forEach(named -> named.forEach(
                        (name, start) -> builder.registerSubtypes(new NamedType(start.getClass(), name))));
        mapper = builder.build();
    }

    /** The tree of a text; null if it has nothing but comments. */
    @Nullable
    JsonNode tree(String yaml) {
        JsonNode tree = mapper.readTree(yaml);
        return tree == null || tree.isMissingNode() || tree.isNull() ? null : tree;
    }

    JsonNode node(@Nullable Object value) {
        return mapper.valueToTree(value);
    }

    ObjectNode section(Object value) {
        return mapper.valueToTree(value);
    }

    <T> T value(ObjectNode tree, Class<T> type) {
        return mapper.treeToValue(tree, type);
    }

    String text(JsonNode tree) {
        return mapper.writeValueAsString(tree);
    }

    JavaType type(Class<?> type) {
        return mapper.constructType(type);
    }

    /** The keys of a record with their types; empty if it is none. */
    synchronized Map<String, JavaType> keys(JavaType type) {
        Map<String, JavaType> known = keys.get(type);
        if (known == null) {
            known = look(type);
            keys.put(type, known);
        }
        return known;
    }

    private Map<String, JavaType> look(JavaType type) {
        Map<String, JavaType> found = new LinkedHashMap<>();
        mapper.acceptJsonFormatVisitor(type, new JsonFormatVisitorWrapper.Base() {
            @Override
            public JsonObjectFormatVisitor expectObjectFormat(JavaType own) {
                return new JsonObjectFormatVisitor.Base(getContext()) {
                    @Override
                    public void property(BeanProperty property) {
                        found.put(property.getName(), property.getType());
                    }

                    @Override
                    public void optionalProperty(BeanProperty property) {
                        found.put(property.getName(), property.getType());
                    }
                };
            }
        });
        return found;
    }
}
