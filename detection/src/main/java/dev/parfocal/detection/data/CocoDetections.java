package dev.parfocal.detection.data;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** COCO detection files: a JSON array of {@code {image_id, category_id, bbox: [x, y, width, height], score}}. */
public final class CocoDetections {

    private static final JsonFactory FACTORY = new JsonFactory();

    private CocoDetections() {}

    /**
     * Reads detections; their category ids become labels of {@code truth}. As pycocotools has it, detections of a category
     * that {@code truth} lacks do not count and are left out.
     *
     * @throws ParfocalException when the file cannot be parsed, names an image that {@code truth} lacks, or holds a number
     *     that is not finite
     */
    public static List<Detection> read(Path json, Dataset truth) {
        Labels labels = Labels.of(truth.categories());
        Set<Long> images = new HashSet<>();
        truth.samples().forEach(sample -> images.add(sample.id()));
        List<Detection> detections = new ArrayList<>();
        return JsonFile.read(json, file -> {
            file.array(() -> {
                Detection detection = detection(file, images, labels);
                if (detection.label() >= 0) {
                    detections.add(detection);
                }
            });
            return detections;
        });
    }

    private static Detection detection(JsonFile json, Set<Long> images, Labels labels) {
        Fields fields = new Fields();
        json.object(field -> {
            switch (field) {
                case "image_id" -> fields.image = json.integer();
                case "category_id" -> fields.category = json.integer();
                case "bbox" -> fields.box = json.numbers(4);
                case "score" -> fields.score = json.number();
                default -> json.skip();
            }
        });
        Long image = fields.image;
        Long category = fields.category;
        Double score = fields.score;
        double[] xywh = fields.box;
        if (image == null || category == null || score == null || xywh == null) {
            throw json.error("a detection needs image_id, category_id, bbox and score");
        }
        if (!images.contains(image)) {
            throw json.error("image " + image + " is not in the truth; do both files belong together?");
        }
        Box box = Box.ofXywh(xywh[0], xywh[1], xywh[2], xywh[3]);
        if (!box.isFinite() || !Double.isFinite(score)) {
            throw json.error("bbox and score must be finite numbers");
        }
        return new Detection(image, labels.label((long) category), box, score);
    }

    private static void requireFinite(Detection detection) {
        if (!detection.box().isFinite() || !Double.isFinite(detection.score())) {
            throw new ParfocalException(
                    "image " + detection.imageId() + ": a detection's box or score is not a finite number" + " (score "
                            + detection.score() + "): the weights of its detector are broken");
        }
    }

    /** What was read of the current detection so far. */
    private static final class Fields {
        private @Nullable Long image;
        private @Nullable Long category;
        private double @Nullable [] box;
        private @Nullable Double score;
    }

    /**
     * Writes detections; the file appears complete or not at all. They read back exactly, but for a far edge that no width
     * or height can express: that is off by the last binary digit, never so for coordinates that were floats.
     *
     * @throws ParfocalException when it cannot be written
     */
    public static void write(Path json, List<Detection> detections, List<Category> categories) {
        AtomicFile.write(json, output -> {
            try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), output)) {
                out.writeStartArray();
                for (Detection detection : detections) {
                    requireFinite(detection);
                    out.writeStartObject();
                    out.writeNumberProperty("image_id", detection.imageId());
                    out.writeNumberProperty(
                            "category_id", categories.get(detection.label()).id());
                    CocoWriter.writeBox(out, detection.box());
                    out.writeNumberProperty("score", detection.score());
                    out.writeEndObject();
                }
                out.writeEndArray();
            }
        });
    }
}
