package dev.parfocal.training.model;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Precision;
import java.util.List;

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

    /** Declares the layers. */
    Network network(Layers layers, Start start);
}
