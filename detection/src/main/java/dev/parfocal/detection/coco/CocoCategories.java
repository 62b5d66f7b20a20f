package dev.parfocal.detection.coco;

import dev.parfocal.detection.data.Category;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The 80 kinds of object of the COCO data set, whose ids run from 1 to 90 with gaps; Lin et al., arXiv 1405.0312. Detectors that
 * were trained on it have a class for each, or for each id, or for each id from 0 on.
 */
public final class CocoCategories {
    private static final long LAST = 90;

    /** The 80, by ascending id. */
    public static final List<Category> ALL = read();

    private static final Map<Long, Category> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Category::id, Function.identity()));

    private CocoCategories() {}

    /**
     * The classes by label of a detector trained on COCO that has this many: 80, 90 (the ids), or 91 (the ids from 0 on, which
     * stands for the background). An id that names nothing is called {@code N/A}. Empty for any other number.
     */
    public static Optional<List<Category>> ofDetector(int classes) {
        if (classes == ALL.size()) {
            return Optional.of(ALL);
        }
        long first = LAST + 1 - classes;
        return first == 0 || first == 1
                ? Optional.of(LongStream.rangeClosed(first, LAST)
                        .mapToObj(id -> BY_ID.getOrDefault(id, new Category(id, "N/A " + id)))
                        .toList())
                : Optional.empty();
    }

    private static List<Category> read() {
        try (InputStream in = CocoCategories.class.getResourceAsStream("categories.txt")) {
            if (in == null) {
                throw new IllegalStateException("the list of COCO's categories is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" ", 2))
                    .map(words -> new Category(Long.parseLong(words[0]), words[1]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
