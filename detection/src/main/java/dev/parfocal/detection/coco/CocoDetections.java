package dev.parfocal.detection.coco;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Labels;
import dev.parfocal.detection.data.RecordId;
import dev.parfocal.detection.data.SideDeviations;
import dev.parfocal.detection.file.AtomicFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * COCO detection files: a JSON array of {@code {image_id, category_id, bbox: [x, y, width, height], score}}. Images and
 * categories have there the ids of the files that the data set was read from, so that anybody can score the detections
 * against those.
 */
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
        Map<RecordId, Long> images = new HashMap<>();
        truth.fileIds().forEach((id, source) -> images.put(source, id));
        List<Detection> detections = new ArrayList<>();
        CocoRecords.detections(json, row -> {
            Long image = images.get(row.image());
            if (image == null) {
                throw new ParfocalException(
                        "image " + row.image() + " is not in the truth; do both files belong together?");
            }
            int label = row.category() instanceof RecordId.Whole whole ? labels.label(whole.number()) : -1;
            if (label >= 0) {
                double[] xywh = row.xywh();
                detections.add(
                        new Detection(image, label, Box.ofXywh(xywh[0], xywh[1], xywh[2], xywh[3]), row.score()));
            }
        });
        return detections;
    }

    private static void requireFinite(Detection detection) {
        if (!detection.box().isFinite() || !Double.isFinite(detection.score())) {
            throw new ParfocalException(
                    "image " + detection.imageId() + ": a detection's box or score is not a finite number" + " (score "
                            + detection.score() + "): the weights of its detector are broken");
        }
    }

    /**
     * Writes detections; the file appears complete or not at all. They read back exactly, but for a far edge that no width
     * or height can express: that is off by the last binary digit, never so for coordinates that were floats.
     *
     * @param of what the detections were made on
     * @throws ParfocalException when it cannot be written
     */
    public static void write(Path json, List<Detection> detections, Dataset of) {
        write(json, detections, of, false);
    }

    /** The same with {@code uncertainty: [left, top, right, bottom]}, in pixels, for detections that have deviations. */
    public static void writeWithUncertainty(Path json, List<Detection> detections, Dataset of) {
        write(json, detections, of, true);
    }

    private static void write(Path json, List<Detection> detections, Dataset of, boolean withUncertainty) {
        Map<Long, RecordId> images = of.fileIds();
        AtomicFile.write(json, output -> {
            try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), output)) {
                out.writeStartArray();
                for (Detection detection : detections) {
                    requireFinite(detection);
                    long image = detection.imageId();
                    out.writeStartObject();
                    CocoWriter.writeId(out, "image_id", images.getOrDefault(image, RecordId.of(image)));
                    out.writeNumberProperty(
                            "category_id",
                            of.categories().get(detection.label()).id());
                    CocoWriter.writeBox(out, detection.box());
                    out.writeNumberProperty("score", detection.score());
                    SideDeviations deviations = detection.deviations();
                    if (withUncertainty && deviations != null) {
                        out.writeName("uncertainty");
                        out.writeArray(
                                new double[] {
                                    deviations.left(), deviations.top(), deviations.right(), deviations.bottom()
                                },
                                0,
                                4);
                    }
                    out.writeEndObject();
                }
                out.writeEndArray();
            }
        });
    }
}
