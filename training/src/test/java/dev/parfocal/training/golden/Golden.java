package dev.parfocal.training.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file of golden values that a script in {@code src/test/python} recorded from a reference's own code. */
public record Golden(JsonNode json) {
    /** The file {@code golden/NAME.json}. */
    public static Golden read(String name) {
        try (InputStream file = Objects.requireNonNull(Golden.class.getResourceAsStream(name + ".json"), name)) {
            return new Golden(JsonMapper.shared().readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The part at a JSON pointer such as {@code /losses/classification}. */
    public JsonNode at(String pointer) {
        JsonNode node = json.at(pointer);
        if (node.isMissingNode()) {
            throw new IllegalArgumentException("no " + pointer);
        }
        return node;
    }

    /** The samples of a tensor at a JSON pointer. */
    public Samples samples(String pointer) {
        return Samples.of(at(pointer));
    }

    /** The formula of the weights. */
    public FormulaWeights weights() {
        return FormulaWeights.of(json.get("rules"));
    }

    /** Names and shapes of the reference's state dict, in its order. */
    public Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        json.get("weights").properties().forEach(entry -> {
            long[] shape = new long[entry.getValue().size()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = entry.getValue().get(i).asLong();
            }
            shapes.put(entry.getKey(), shape);
        });
        return shapes;
    }

    /** The images as the reference got them, {@code [count, 3, height, width]} in [0, 1), before mean and deviation. */
    public float[] images() {
        JsonNode images = json.get("images");
        return FormulaWeights.images(
                images.get("count").asInt(),
                images.get("height").asInt(),
                images.get("width").asInt());
    }
}
