package dev.parfocal.training.run;

import static java.util.Objects.requireNonNull;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.criterion.LossConfig;
import dev.parfocal.training.task.QualityConfig;
import dev.parfocal.training.task.TaskLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Reads and writes {@link RunConfig}: what a file names is laid over a base, key by key. */
final class ConfigFile {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .build();

    /** The only key whose own keys are free: a loss's parameters, which the loss checks itself. */
    private static final String FREE = "set";

    /** What sections that are absent by default start from when something in them is set. */
    private static final Map<String, Object> TEMPLATES = Map.of(
            "loss.distribution", requireNonNull(LossConfig.DEFAULT.distribution()),
            "loss.successor", LossConfig.DEFAULT.classification(),
            "tasks.presence", TaskLoss.PRESENCE,
            "tasks.count", TaskLoss.COUNT,
            "tasks.quality", QualityConfig.DEFAULT);

    private ConfigFile() {}

    static RunConfig read(Path file, RunConfig base) {
        try {
            return parse(Files.readString(file), file.toString(), base);
        } catch (IOException e) {
            throw new ParfocalException("cannot read the configuration " + file + ": " + e.getMessage());
        }
    }

    static RunConfig parse(String text, String origin, RunConfig base) {
        try {
            JsonNode given = YAML.readTree(text);
            ObjectNode whole = YAML.valueToTree(base);
            if (given != null && !given.isMissingNode() && !given.isNull()) {
                overlay(whole, given, "", origin);
            }
            return YAML.treeToValue(whole, RunConfig.class);
        } catch (JacksonException e) {
            if (e.getCause() instanceof ParfocalException own) {
                throw new ParfocalException(origin + ": " + own.getMessage());
            }
            throw new ParfocalException(origin + ": " + path(e) + reason(e));
        }
    }

    private static String reason(JacksonException e) {
        if (!(e instanceof InvalidFormatException wrong)) {
            // YAML's parser tells its story over several lines.
            return e.getOriginalMessage()
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.equals("^"))
                    .collect(Collectors.joining(" "));
        }
        Class<?> type = wrong.getTargetType();
        Object[] constants = type.getEnumConstants();
        String wanted = constants != null
                ? "none of "
                        + Arrays.stream(constants)
                                .map(each -> each.toString().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                : type == int.class || type == long.class
                        ? "no whole number"
                        : "no " + (type == double.class ? "number" : type.getSimpleName());
        return "'" + wrong.getValue() + "' is " + wanted;
    }

    /** A configuration with one section of another. */
    static RunConfig withSection(RunConfig config, String section, RunConfig other) {
        ObjectNode whole = YAML.valueToTree(config);
        ObjectNode source = YAML.valueToTree(other);
        whole.set(section, source.get(section));
        return YAML.treeToValue(whole, RunConfig.class);
    }

    static String write(RunConfig config) {
        return YAML.writeValueAsString(config);
    }

    private static void overlay(ObjectNode base, JsonNode given, String path, String origin) {
        if (!given.isObject()) {
            throw new ParfocalException(origin + ": " + (path.isEmpty() ? "the file" : path)
                    + " must be a mapping of keys to values, but is " + given);
        }
        for (Map.Entry<String, JsonNode> field : given.properties()) {
            String key = field.getKey();
            String full = path.isEmpty() ? key : path + "." + key;
            JsonNode current = base.get(key);
            if (current == null) {
                throw new ParfocalException(origin + ": unknown key " + full + "; did you mean "
                        + nearest(key, base.propertyNames()) + "?");
            }
            if (current.isNull() && field.getValue().isObject() && TEMPLATES.containsKey(full)) {
                current = YAML.valueToTree(TEMPLATES.get(full));
                base.set(key, current);
            }
            if (current instanceof ObjectNode object
                    && !key.equals(FREE)
                    && !field.getValue().isNull()) {
                overlay(object, field.getValue(), full, origin);
            } else {
                base.set(key, field.getValue());
            }
        }
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        e.getPath().forEach(step -> path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName()));
        return path.isEmpty() ? "" : path + ": ";
    }

    private static String nearest(String key, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(k -> distance(key, k)))
                .orElseThrow();
    }

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
