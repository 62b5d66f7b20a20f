package dev.parfocal.detection.coco;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.RecordId;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.file.AtomicFile;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a data set as a COCO annotation file that reads back as it was, but for a far edge that no width or height can
 * express: that is off by the last binary digit, never so for coordinates that are floats.
 */
public final class CocoWriter {

    private static final JsonFactory FACTORY = new JsonFactory();

    private CocoWriter() {}

    /**
     * Writes the file; it appears complete or not at all.
     *
     * @param images the folder that {@code file_name} is relative to; images elsewhere get their whole path
     * @throws ParfocalException when it cannot be written
     */
    public static void write(Path json, Dataset dataset, Path images) {
        Path base = images.toAbsolutePath().normalize();
        AtomicFile.write(json, output -> {
            try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), output)) {
                out.writeStartObject();
                writeCategories(out, dataset);
                writeImages(out, dataset, base);
                writeAnnotations(out, dataset);
                out.writeEndObject();
            }
        });
    }

    private static void writeCategories(JsonGenerator out, Dataset dataset) {
        out.writeName("categories").writeStartArray();
        for (Category category : dataset.categories()) {
            out.writeStartObject();
            out.writeNumberProperty("id", category.id());
            out.writeStringProperty("name", category.name());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeImages(JsonGenerator out, Dataset dataset, Path base) {
        out.writeName("images").writeStartArray();
        Map<Long, RecordId> ids = dataset.fileIds();
        for (Sample sample : dataset.samples()) {
            Path file = sample.file().toAbsolutePath().normalize();
            Path name = file.startsWith(base) ? base.relativize(file) : file;
            out.writeStartObject();
            writeId(out, "id", ids.getOrDefault(sample.id(), sample.source()));
            out.writeStringProperty("file_name", name.toString().replace('\\', '/'));
            out.writeNumberProperty("width", sample.width());
            out.writeNumberProperty("height", sample.height());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeAnnotations(JsonGenerator out, Dataset dataset) {
        out.writeName("annotations").writeStartArray();
        Map<Long, RecordId> ids = dataset.fileIds();
        long id = 1;
        for (Sample sample : dataset.samples()) {
            for (Annotation annotation : sample.annotations()) {
                out.writeStartObject();
                out.writeNumberProperty("id", id++);
                writeId(out, "image_id", ids.getOrDefault(sample.id(), sample.source()));
                out.writeNumberProperty(
                        "category_id",
                        dataset.categories().get(annotation.label()).id());
                writeBox(out, annotation.box());
                out.writeNumberProperty("area", annotation.area());
                out.writeNumberProperty("iscrowd", annotation.crowd() ? 1 : 0);
                out.writeEndObject();
            }
        }
        out.writeEndArray();
    }

    static void writeId(JsonGenerator out, String field, RecordId id) {
        if (id instanceof RecordId.Whole whole) {
            out.writeNumberProperty(field, whole.number());
        } else {
            out.writeStringProperty(field, ((RecordId.Text) id).text());
        }
    }

    static void writeBox(JsonGenerator out, Box box) {
        out.writeName("bbox").writeStartArray();
        out.writeNumber(box.x1());
        out.writeNumber(box.y1());
        out.writeNumber(extent(box.x1(), box.x2()));
        out.writeNumber(extent(box.y1(), box.y2()));
        out.writeEndArray();
    }

    /** The length that, added to {@code low}, rounds to {@code high} again, where there is one. */
    private static double extent(double low, double high) {
        double length = high - low;
        for (double near : new double[] {length, Math.nextUp(length), Math.nextDown(length)}) {
            if (low + near == high) {
                return near;
            }
        }
        return length;
    }
}
