package dev.parfocal.detection.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** From a category's id or name to its label, -1 when unknown. */
public record Labels(Map<Long, Integer> byId, Map<String, Integer> byName) {

    public static Labels of(List<Category> categories) {
        Map<Long, Integer> byId = new HashMap<>();
        Map<String, Integer> byName = new HashMap<>();
        for (int label = 0; label < categories.size(); label++) {
            byId.put(categories.get(label).id(), label);
            byName.putIfAbsent(categories.get(label).name(), label);
        }
        return new Labels(byId, byName);
    }

    /** Categories of these names, with ids from 1 on. */
    public static List<Category> named(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(label -> new Category(label + 1, names.get(label)))
                .toList();
    }

    public int label(long id) {
        return byId.getOrDefault(id, -1);
    }

    public int label(String name) {
        return byName.getOrDefault(name, -1);
    }
}
