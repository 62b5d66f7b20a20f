package dev.parfocal.training.record;

import dev.parfocal.training.record.Signals.Cosine;
import dev.parfocal.training.record.Signals.Matched;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Signals as a JSON object, and back. */
public final class SignalsJson {
    private SignalsJson() {}

    /** The object, with the shares that follow from the norms. */
    public static Map<String, Object> of(Signals signals) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("outputs", signals.outputs());
        object.put("gradients", signals.gradients());
        object.put("shares", signals.shares());
        object.put("cosines", signals.cosines());
        return object;
    }

    static Signals read(JsonNode object) {
        return new Signals(
                entries(
                        object.path("outputs"),
                        each -> new Matched(
                                longs(each.path("positives")),
                                longs(each.path("ignored")),
                                longs(each.path("sampled")))),
                entries(object.path("gradients"), each -> entries(each, norm -> norm.asDouble(Double.NaN))),
                entries(object.path("cosines"), SignalsJson::cosines));
    }

    private static List<Cosine> cosines(JsonNode list) {
        List<Cosine> cosines = new ArrayList<>();
        list.forEach(each -> cosines.add(new Cosine(
                each.path("first").asString(""),
                each.path("second").asString(""),
                each.path("cosine").asDouble(Double.NaN))));
        return cosines;
    }

    private static <T> Map<String, T> entries(JsonNode object, Function<JsonNode, T> value) {
        Map<String, T> entries = new LinkedHashMap<>();
        object.properties().forEach(entry -> entries.put(entry.getKey(), value.apply(entry.getValue())));
        return entries;
    }

    private static long[] longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }
}
