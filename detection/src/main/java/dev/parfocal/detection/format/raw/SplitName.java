package dev.parfocal.detection.format.raw;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The parts of a data set under the one name that each is called by here. */
public final class SplitName {

    private static final Map<String, String> STANDARD = Map.of(
            "train", "train",
            "training", "train",
            "val", "val",
            "valid", "val",
            "validation", "val",
            "test", "test",
            "testing", "test",
            "trainval", "trainval");

    private SplitName() {}

    /** {@code val} of {@code valid} and {@code Validation}, {@code train} of {@code train2017}; others as they are. */
    public static String of(String name) {
        String plain = name.replaceFirst("(?<=\\D)\\d{4}$", "");
        return STANDARD.getOrDefault(plain.toLowerCase(Locale.ROOT), plain);
    }

    public static boolean isStandard(String name) {
        return STANDARD.containsValue(of(name));
    }

    /** The one part that a file name like {@code instances_train2017} or {@code val-annotations} tells of. */
    public static Optional<String> within(String stem) {
        List<String> found = Arrays.stream(stem.split("[^\\p{Alnum}]+"))
                .filter(SplitName::isStandard)
                .map(SplitName::of)
                .distinct()
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }
}
