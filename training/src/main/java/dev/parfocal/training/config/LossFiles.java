package dev.parfocal.training.config;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The {@code .loss} files that a configuration names: packed with an incident, and unpacked elsewhere. */
public final class LossFiles {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String SUFFIX = ".loss";

    private LossFiles() {}

    /** The text of every loss file that a configuration names, by that name. */
    public static Map<String, String> texts(String config) {
        Map<String, String> texts = new LinkedHashMap<>();
        mapped(YAML.readTree(config), name -> {
            texts.computeIfAbsent(name, LossFiles::text);
            return name;
        });
        return texts;
    }

    private static String text(String name) {
        try {
            return Files.readString(Path.of(name));
        } catch (IOException e) {
            throw new ParfocalException("cannot read " + name + ": " + e.getMessage());
        }
    }

    /** The text of a loss file as it is now; empty if it is gone. */
    public static Optional<String> current(Path file) {
        return Files.exists(file) ? Optional.of(text(file.toString())) : Optional.empty();
    }

    /**
     * Writes texts to a folder of their own and runs a task on the configuration that names them there; the folder is gone
     * after it.
     */
    public static <T> T unpacked(String config, Map<String, String> texts, Function<String, T> task) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("parfocal-losses");
            Map<String, String> places = new LinkedHashMap<>();
            for (Map.Entry<String, String> text : texts.entrySet()) {
                // Several may have one name in different folders.
                Path own = Files.createDirectory(folder.resolve(Integer.toString(places.size())));
                Path file = own.resolve(String.valueOf(Path.of(text.getKey()).getFileName()));
                Files.writeString(file, text.getValue());
                places.put(text.getKey(), file.toString());
            }
            JsonNode tree = mapped(YAML.readTree(config), name -> places.getOrDefault(name, name));
            return task.apply(YAML.writeValueAsString(tree));
        } catch (IOException e) {
            throw new ParfocalException("cannot unpack the losses of the incident: " + e.getMessage());
        } finally {
            if (folder != null) {
                delete(folder);
            }
        }
    }

    /** The tree with every loss file's name replaced. */
    private static JsonNode mapped(JsonNode node, Function<String, String> name) {
        if (node instanceof ObjectNode object) {
            for (String key : List.copyOf(object.propertyNames())) {
                object.set(key, mapped(object.get(key), name));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, mapped(array.get(i), name));
            }
        } else if (node.isString() && node.asString().endsWith(SUFFIX)) {
            return StringNode.valueOf(name.apply(node.asString()));
        }
        return node;
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
