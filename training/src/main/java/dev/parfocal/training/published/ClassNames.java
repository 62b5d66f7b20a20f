package dev.parfocal.training.published;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.coco.CocoCategories;
import dev.parfocal.detection.data.Category;
import dev.parfocal.training.weights.file.WeightSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The classes of weights by label: those that the file names, or COCO's. */
final class ClassNames {
    /** The text beside the tensors that lists the classes. */
    private static final String NOTE = "categories";

    private static final JsonMapper JSON = new JsonMapper();

    private ClassNames() {}

    /** What {@link #of} reads again. */
    static Map<String, String> note(List<Category> categories) {
        return Map.of(NOTE, JSON.writeValueAsString(categories));
    }

    /** @throws ParfocalException if the file names other classes than it tells apart, or nobody knows their names */
    static List<Category> of(WeightSource source, int classes) {
        Optional<List<Category>> own =
                Optional.ofNullable(source.notes().get(NOTE)).map(text -> read(source, text));
        if (own.isPresent() && own.get().size() != classes) {
            throw new ParfocalException(source.origin() + ": the number of names of classes is "
                    + own.get().size() + ", that of classes " + classes + "; it is damaged, write it again");
        }
        return own.or(() -> CocoCategories.ofDetector(classes))
                .orElseThrow(() -> new ParfocalException(source.origin() + ": the number of its classes is " + classes
                        + ", not COCO's, and it does not name them: name them with --class-names"));
    }

    private static List<Category> read(WeightSource source, String text) {
        try {
            return JSON.readValue(text, new TypeReference<List<Category>>() {});
        } catch (JacksonException e) {
            throw new ParfocalException(source.origin() + ": its list of classes cannot be read (" + NOTE + ")", e);
        }
    }
}
