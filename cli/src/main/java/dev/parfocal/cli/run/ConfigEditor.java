package dev.parfocal.cli.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.run.RunConfig;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A run's configuration under change: keys are set by their path in the file, {@code model.input.width}. */
public final class ConfigEditor {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final ObjectNode tree;

    /** Starts from a whole configuration. */
    public ConfigEditor(RunConfig base) {
        tree = (ObjectNode) YAML.readTree(base.toYaml());
    }

    /** Sets a key, unless there is nothing to set it to. */
    public ConfigEditor set(String path, @Nullable Object value) {
        if (value != null) {
            put(path, YAML.valueToTree(value));
        }
        return this;
    }

    /** Sets a key to what YAML text says: a number, a word, a list, {@code null}. */
    public ConfigEditor setText(String path, String yaml) {
        try {
            JsonNode value = YAML.readTree(yaml);
            if (value == null || value.isMissingNode()) {
                throw new ParfocalException(path + "=: a value is missing");
            }
            put(path, value);
        } catch (JacksonException e) {
            throw new ParfocalException(path + "=" + yaml + ": not a YAML value", e);
        }
        return this;
    }

    private void put(String path, JsonNode value) {
        String[] keys = path.split("\\.", -1);
        ObjectNode node = tree;
        for (int i = 0; i + 1 < keys.length; i++) {
            JsonNode next = node.get(keys[i]);
            node = next instanceof ObjectNode object ? object : node.putObject(keys[i]);
        }
        node.set(keys[keys.length - 1], value);
    }

    /**
     * The changed configuration.
     *
     * @throws ParfocalException if a key does not exist or a value does not fit
     */
    public RunConfig build() {
        return RunConfig.parse(YAML.writeValueAsString(tree), "configuration");
    }
}
