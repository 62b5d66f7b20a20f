package dev.parfocal.detection.data;

import dev.parfocal.core.ParfocalException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Images with objects, whatever format they were read from.
 *
 * @param categories by label
 * @param splits the image ids of each named part ("train", "val", "test", "trainval" …), in the order of reading; empty
 *     when the files name no parts
 */
public record Dataset(String name, List<Category> categories, List<Sample> samples, Map<String, List<Long>> splits) {

    public Dataset {
        categories = List.copyOf(categories);
        samples = List.copyOf(samples);
        Map<String, List<Long>> copy = new LinkedHashMap<>();
        splits.forEach((part, ids) -> copy.put(part, List.copyOf(ids)));
        splits = Collections.unmodifiableMap(copy);
    }

    /**
     * The samples of one named part, in this data set's order.
     *
     * @throws ParfocalException when there is no such part; the message names those there are
     */
    public Dataset split(String part) {
        List<Long> ids = splits.get(part);
        if (ids == null) {
            String known = splits.isEmpty() ? "it has none" : "it has " + String.join(", ", splits.keySet());
            throw new ParfocalException("data set " + name + " has no split '" + part + "': " + known);
        }
        Set<Long> wanted = new HashSet<>(ids);
        List<Sample> kept =
                samples.stream().filter(sample -> wanted.contains(sample.id())).toList();
        return new Dataset(name + "/" + part, categories, kept, Map.of(part, ids));
    }

    /** The same images and objects without some samples' parts: only these samples, in this order. */
    public Dataset withSamples(List<Sample> kept) {
        return new Dataset(name, categories, kept, splits);
    }

    /**
     * The ids of the images in files for their owner, by {@link Sample#id()}: those of the files they were read from, or, where
     * two of these files give one id to two of the images, the data set's own.
     */
    public Map<Long, RecordId> fileIds() {
        Set<RecordId> sources = new HashSet<>();
        boolean unique = samples.stream().allMatch(sample -> sources.add(sample.source()));
        Map<Long, RecordId> ids = new LinkedHashMap<>();
        samples.forEach(sample -> ids.put(sample.id(), unique ? sample.source() : RecordId.of(sample.id())));
        return ids;
    }

    /** How many objects there are, crowd regions included. */
    public long objects() {
        return samples.stream().mapToLong(sample -> sample.annotations().size()).sum();
    }
}
