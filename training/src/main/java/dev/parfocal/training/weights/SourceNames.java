package dev.parfocal.training.weights;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file's names as a model understands them: without the wrappers' prefixes, with the prefix of the part that the file
 * is of, each in its canonical form. The prefixes are those with which most names are the model's; of two copies with
 * equally many, an averaged one is taken.
 *
 * @param inFile canonical name to the name in the file
 * @param unread names in the file that the chosen prefix excludes
 */
record SourceNames(Map<String, String> inFile, Set<String> unread) {
    /** Put before all names by wrappers, preferred ones first. */
    private static final List<String> WRAPPERS = List.of(
            "avg_model.",
            "ema_model.",
            "",
            "module.",
            "model.",
            "module.model.",
            "module.avg_model.",
            "_orig_mod.",
            "model._orig_mod.",
            "detector.",
            "net.");

    /** What a backbone's names lack when it was saved alone. */
    private static final List<String> PARTS = List.of("", "backbone.body.", "backbone.", "model.backbone.model.");

    static SourceNames of(Collection<String> names, Set<String> model) {
        return WRAPPERS.stream()
                .flatMap(wrapper -> PARTS.stream().map(part -> renamed(names, wrapper, part)))
                .max(Comparator.comparingLong((SourceNames n) -> n.hits(model)))
                .orElseThrow();
    }

    private static SourceNames renamed(Collection<String> names, String wrapper, String part) {
        Map<String, String> inFile = new LinkedHashMap<>();
        Set<String> unread = new LinkedHashSet<>();
        for (String name : names) {
            if (name.startsWith(wrapper)) {
                inFile.putIfAbsent(CanonicalNames.of(part + name.substring(wrapper.length())), name);
            } else {
                unread.add(name);
            }
        }
        return new SourceNames(inFile, unread);
    }

    private long hits(Set<String> model) {
        return inFile.keySet().stream().filter(model::contains).count();
    }

    /** Whether {@code name}, which is not read, is another copy of what is. */
    boolean isOtherCopy(String name) {
        return unread.contains(name)
                && WRAPPERS.stream()
                        .filter(wrapper -> !wrapper.isEmpty() && name.startsWith(wrapper))
                        .flatMap(wrapper -> Stream.of(CanonicalNames.of(name.substring(wrapper.length()))))
                        .anyMatch(inFile::containsKey);
    }
}
