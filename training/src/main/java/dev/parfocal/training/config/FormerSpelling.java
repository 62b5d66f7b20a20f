package dev.parfocal.training.config;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** How earlier versions wrote something in sections of a type. It is still read; nothing writes it. */
public sealed interface FormerSpelling {
    /** The type of the section, as its owner declares it. */
    Class<?> type();

    /** Rewrites a section. */
    default void apply(ObjectNode given) {}

    /** Whether a section has the keys of all kinds, as earlier versions wrote them. */
    default boolean isWhole(ObjectNode given) {
        return false;
    }

    /** A number that meant "off", which is now an absent value. */
    record Off(Class<?> type, String key, double number) implements FormerSpelling {
        @Override
        public void apply(ObjectNode given) {
            JsonNode value = given.get(key);
            if (value != null && value.isNumber() && value.asDouble() == number) {
                given.set(key, NullNode.getInstance());
            }
        }
    }

    /** An empty text that meant an absent value. */
    record Empty(Class<?> type, String key) implements FormerSpelling {
        @Override
        public void apply(ObjectNode given) {
            JsonNode value = given.get(key);
            if (value != null && value.isString() && value.asString().isEmpty()) {
                given.set(key, NullNode.getInstance());
            }
        }
    }

    /** A key that has another name now. */
    record Renamed(Class<?> type, String key, String now) implements FormerSpelling {
        @Override
        public void apply(ObjectNode given) {
            JsonNode value = given.get(key);
            if (value != null) {
                given.remove(key);
                given.set(now, value);
            }
        }
    }

    /** A key that stands in a section of its own now. */
    record Moved(Class<?> type, String key, String section, String now) implements FormerSpelling {
        @Override
        public void apply(ObjectNode given) {
            JsonNode value = given.get(key);
            if (value != null) {
                given.remove(key);
                (given.get(section) instanceof ObjectNode own ? own : given.putObject(section)).set(now, value);
            }
        }
    }

    /** A number where a section stands now, of which it is one value. */
    record Alone(Class<?> type, String key, String now) implements FormerSpelling {
        @Override
        public void apply(ObjectNode given) {
            JsonNode value = given.get(key);
            if (value != null && value.isNumber()) {
                given.putObject(key).set(now, value);
            }
        }
    }

    /** All the keys that a section had, whatever its kind: those that its kind does not have said nothing. */
    record Whole(Class<?> type, Set<String> keys) implements FormerSpelling {
        @Override
        public boolean isWhole(ObjectNode given) {
            return given.propertyNames().containsAll(keys);
        }
    }
}
