package dev.parfocal.training.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names and shapes of published detectors' weights ({@code src/test/python/weight_names.py}). */
final class Names {
    private Names() {}

    /** All tensors of a state dict. */
    static Map<String, List<Long>> of(String network) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        new JsonMapper()
                .readTree(WeightFileTest.resource("weight-names.json").toFile())
                .get(network)
                .forEachEntry((name, shape) -> shapes.put(
                        name, shape.valueStream().map(JsonNode::asLong).toList()));
        return shapes;
    }

    /** Those that a model has: all but counters. */
    static Map<String, List<Long>> model(String network) {
        return model(network, name -> true);
    }

    static Map<String, List<Long>> model(String network, Predicate<String> wanted) {
        Map<String, List<Long>> shapes = of(network);
        shapes.keySet().removeIf(name -> name.endsWith("num_batches_tracked") || !wanted.test(name));
        return shapes;
    }
}
