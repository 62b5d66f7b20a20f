package dev.parfocal.training.published;

import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.weights.Fate;
import dev.parfocal.training.weights.WeightReport;
import dev.parfocal.training.weights.file.WeightSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many classes weights tell apart. What a class adds to a layer follows from the layers of models with one class and with
 * two; so much longer than the first is the file's layer.
 */
final class ClassCount {
    private ClassCount() {}

    /** Empty if the file's layers do not agree, or none depends on the classes. */
    static OptionalInt of(WeightSource source, RunConfig config) {
        Map<String, Long> one = outputs(PublishedWeights.compare(source, config, 1));
        WeightReport two = PublishedWeights.compare(source, config, 2);
        Set<Long> counts = two.fates().stream()
                .filter(fate -> fate.inFile().isPresent() && !fate.shape().isEmpty())
                .filter(fate ->
                        !one.getOrDefault(fate.name(), 0L).equals(fate.shape().get(0)))
                .map(fate -> count(
                        one.getOrDefault(fate.name(), 0L),
                        fate.shape().get(0),
                        fate.inFile().orElseThrow()))
                .collect(Collectors.toSet());
        boolean agreed = counts.size() == 1 && counts.iterator().next() > 0;
        return agreed ? OptionalInt.of(Math.toIntExact(counts.iterator().next())) : OptionalInt.empty();
    }

    /** 0 if it is no whole number of classes. */
    private static long count(long one, long two, List<Long> inFile) {
        long more = inFile.isEmpty() ? -1 : inFile.get(0) - one;
        long each = two - one;
        return more < 0 || more % each != 0 ? 0 : 1 + more / each;
    }

    private static Map<String, Long> outputs(WeightReport report) {
        Map<String, Long> outputs = new LinkedHashMap<>();
        for (Fate fate : report.fates()) {
            if (!fate.shape().isEmpty()) {
                outputs.put(fate.name(), fate.shape().get(0));
            }
        }
        return outputs;
    }
}
