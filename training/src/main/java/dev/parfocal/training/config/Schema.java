package dev.parfocal.training.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a configuration may say: the keys are those of a record and of the records in it. Beside the record's default value it
 * knows
 *
 * <ul>
 *   <li>the kinds of a sealed type, each with the values that it starts from
 *   <li>what a section that is absent by default starts from when something in it is set
 *   <li>keys whose values belong to another key's value, and go with it
 *   <li>how earlier versions wrote something
 * </ul>
 *
 * by type, wherever in the tree a value of that type stands.
 *
 * @param <T> the record
 */
public final class Schema<T> {
    /** The key that names the kind of a sealed type. */
    static final String KIND = "kind";

    private final Class<T> type;
    private final T defaults;
    private final Map<Class<?>, Map<String, Object>> kinds = new LinkedHashMap<>();
    private final Map<Key, Object> sections = new LinkedHashMap<>();
    private final Set<Key> optional = new LinkedHashSet<>();
    private final Map<Key, Set<String>> dependents = new LinkedHashMap<>();
    private final Map<Class<?>, String> beside = new LinkedHashMap<>();
    private final Map<Class<?>, BiFunction<String, ObjectNode, @Nullable Object>> entries = new LinkedHashMap<>();
    private final List<FormerSpelling> former = new ArrayList<>();
    private @Nullable Binding binding;

    private record Key(Class<?> owner, String name) {}

    private Schema(Class<T> type, T defaults) {
        this.type = type;
        this.defaults = defaults;
    }

    /** A record's keys; {@code defaults} is the configuration that says nothing. */
    public static <T> Schema<T> of(Class<T> type, T defaults) {
        return new Schema<>(type, defaults);
    }

    /**
     * Declares the kinds of a sealed type, which is annotated with {@code JsonTypeInfo} on the property {@code kind}.
     *
     * @param name of a kind in a configuration
     * @param starts each kind as it is when only its name is given
     */
    public <K> Schema<T> kinds(Class<K> sealed, Function<? super K, String> name, List<? extends K> starts) {
        Map<String, Object> named = new LinkedHashMap<>();
        starts.forEach(start -> named.put(name.apply(start), start));
        kinds.put(sealed, named);
        return this;
    }

    /** Declares what an absent section starts from when one of its keys is set. */
    public Schema<T> section(Class<?> owner, String key, Object start) {
        sections.put(new Key(owner, key), start);
        return this;
    }

    /** Declares a value that may be absent; a section that has a start and a number that is an object may always be. */
    public Schema<T> optional(Class<?> owner, String... keys) {
        for (String key : keys) {
            optional.add(new Key(owner, key));
        }
        return this;
    }

    /** Declares that a mapping belongs to the value of another key: another value starts without it. */
    public Schema<T> belongs(Class<?> owner, String mapping, String key) {
        dependents
                .computeIfAbsent(new Key(owner, key), k -> new LinkedHashSet<>())
                .add(mapping);
        return this;
    }

    /**
     * Declares a mapping whose keys stand beside those of the record that has it, {@code loss.rpn} in place of {@code
     * loss.outputs.rpn}.
     */
    public Schema<T> beside(Class<?> owner, String mapping) {
        beside.put(owner, mapping);
        return this;
    }

    /**
     * Declares what a new entry of mappings to a type starts from.
     *
     * @param start given its key and the entries that there are; null if there can be no such entry
     */
    public Schema<T> entry(Class<?> type, BiFunction<String, ObjectNode, @Nullable Object> start) {
        entries.put(type, start);
        return this;
    }

    /** The mapping of a type whose keys stand beside its own; null if it has none. */
    @Nullable
    String beside(JavaType type) {
        return beside.get(type.getRawClass());
    }

    /** The names of all such mappings. */
    Collection<String> unwritten() {
        return beside.values();
    }

    /** What a new entry of a mapping to a type starts from; nothing said: from nothing. */
    Optional<BiFunction<String, ObjectNode, @Nullable Object>> entry(JavaType type) {
        return Optional.ofNullable(entries.get(type.getRawClass()));
    }

    /** Declares how earlier versions wrote something. */
    public Schema<T> former(List<FormerSpelling> spellings) {
        former.addAll(spellings);
        return this;
    }

    Class<T> type() {
        return type;
    }

    T defaults() {
        return defaults;
    }

    /** The reader and writer of its values. */
    Binding binding() {
        if (binding == null) {
            binding = new Binding(kinds);
        }
        return binding;
    }

    /** The kinds of a type, each with what it starts from; empty if it has none. */
    Map<String, Object> kinds(JavaType type) {
        return kinds.getOrDefault(type.getRawClass(), Map.of());
    }

    /** The starts of all kinds of the sealed types that have one of this name. */
    List<Object> kindsLike(String name) {
        return kinds.values().stream()
                .filter(named -> named.containsKey(name))
                .flatMap(named -> named.values().stream())
                .toList();
    }

    /** What an absent section starts from; null: from nothing. */
    @Nullable
    Object start(JavaType owner, String key) {
        return sections.get(new Key(owner.getRawClass(), key));
    }

    /** Whether a value may be absent. */
    boolean isOptional(JavaType owner, String key, JavaType type) {
        Key own = new Key(owner.getRawClass(), key);
        return optional.contains(own) || sections.containsKey(own) || Number.class.isAssignableFrom(type.getRawClass());
    }

    /** The mappings that belong to the value of a key. */
    Set<String> dependents(JavaType owner, String key) {
        return dependents.getOrDefault(new Key(owner.getRawClass(), key), Set.of());
    }

    /** Rewrites a section of a type from earlier spellings. */
    void modernize(JavaType type, ObjectNode given) {
        former.stream().filter(each -> each.type().equals(type.getRawClass())).forEach(each -> each.apply(given));
    }

    /** Whether a section is one of an earlier version, which wrote the keys of all kinds. */
    boolean isWhole(JavaType type, ObjectNode given) {
        return former.stream().anyMatch(each -> each.type().equals(type.getRawClass()) && each.isWhole(given));
    }
}
