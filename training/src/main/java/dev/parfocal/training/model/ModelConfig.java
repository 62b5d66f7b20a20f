package dev.parfocal.training.model;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Precision;
import dev.parfocal.training.weights.TensorShapes;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Everything that decides a detector's architecture; each family has a record of its own. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface ModelConfig {

    /** Its family's name in a configuration. */
    String kind();

    /** What images are fitted to. */
    InputSize input();

    /** Of the forward pass in training. */
    Precision precision();

    /** The outputs and what can be learnt at each, in the order of {@link Prediction#outputs}. */
    List<OutputSpec> outputs();

    /** What can be learnt at an output. */
    default OutputSpec output(String name) {
        return outputs().stream()
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the model has no output " + name));
    }

    /**
     * What the names and shapes of published weights say about its measures: values by key, such as {@code
     * backbone.depths}. What they do not say is left out.
     */
    default Map<String, Object> measures(TensorShapes weights) {
        return Map.of();
    }

    /** How many objects it can find in an image; empty: as many as there are. */
    default OptionalInt capacity() {
        return OptionalInt.empty();
    }

    /** Whether its network can have further outputs for tasks beside detection. */
    default boolean takesBranches() {
        return false;
    }

    /** Declares the layers. */
    Network network(Layers layers, Start start);
}
