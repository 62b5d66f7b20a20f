package dev.parfocal.training.weights;

import java.util.List;
import java.util.Optional;

/**
 * What became of one of a model's weights.
 *
 * @param name its name in the model
 * @param shape its shape in the model
 * @param inFile the shape of the file's tensor, if there is one
 */
public record Fate(String name, Kind kind, List<Long> shape, Optional<List<Long>> inFile) {
    /** The kinds, in the order of a report. */
    public enum Kind {
        /** It has the file's values. */
        LOADED("loaded"),
        /** The rows that do not depend on the classes have the file's values, the others start anew. */
        PARTLY("in part"),
        /** It starts anew: other classes, or a part of the network of which the file has nothing. */
        ANEW("start anew"),
        /** The file lacks it. */
        MISSING("missing"),
        /** The file has another shape, and not for the classes' sake. */
        OTHER_SHAPE("other shape");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** Its name in a report. */
        public String title() {
            return title;
        }
    }

    /** Number of elements in the model. */
    public long elements() {
        return shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    }

    @Override
    public String toString() {
        return name + " "
                + inFile.filter(s -> !s.equals(shape))
                        .map(s -> s + " in the file, ")
                        .orElse("") + shape
                + (inFile.filter(s -> !s.equals(shape)).isPresent() ? " in the model" : "");
    }
}
