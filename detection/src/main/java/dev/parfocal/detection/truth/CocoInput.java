package dev.parfocal.detection.truth;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.coco.CocoRecords;
import dev.parfocal.detection.coco.IdNumbers;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A truth and the detections to be scored against it, read once for whatever is measured of them. Files are streamed record
 * by record into plain columns, some 60 bytes per box, with the coordinates exactly as they are written there.
 */
public final class CocoInput {

    private static final String FEDERATED =
            "the truth says which classes were looked for in which images (neg_category_ids), as LVIS's does; --federated"
                    + " scores it so";

    private final Boxes boxes;
    private final List<String> notes;

    private CocoInput(Boxes boxes, UnknownImages unknown) {
        this.boxes = boxes;
        notes = new ArrayList<>(boxes.truth().notes());
        int strays = boxes.countUnknownImages(unknown);
        note(
                strays,
                "detection is on an image that the truth does not list; it was left out",
                "detections are on images that the truth does not list; they were left out");
        note(
                boxes.found().leftOut(boxes.detections()) - strays,
                "detection is of a category that the truth does not list; it was left out",
                "detections are of categories that the truth does not list; they were left out");
        note(
                boxes.objects().leftOut(boxes.truth().objects()),
                "annotation names an image or a category that the truth does not list; it was left out",
                "annotations name an image or a category that the truth does not list; they were left out");
        if (boxes.truth().federation().isPresent()) {
            notes.add(FEDERATED);
        }
    }

    /**
     * Reads COCO files.
     *
     * @param truth annotations: an object with {@code images}, {@code annotations} and {@code categories}
     * @param detections a list of {@code {image_id, category_id, bbox: [x, y, width, height], score}}
     * @throws ParfocalException when a file cannot be used, or a score or coordinate is not a number, or an image is
     *     unknown and that is to be refused
     */
    public static CocoInput read(Path truth, Path detections, UnknownImages unknown) {
        IdNumbers images = new IdNumbers();
        IdNumbers categories = new IdNumbers();
        CocoTruth objects = truth(truth, images, categories);
        IdIndex known = IdIndex.of(objects.images());
        BoxTable found = new BoxTable("detection");
        CocoRecords.detections(detections, row -> {
            long image = images.number(row.image());
            if (unknown == UnknownImages.REFUSE && known.of(image) < 0) {
                throw new ParfocalException(
                        "image " + row.image() + " is not in the truth: are these files of the same images?");
            }
            found.add(image, categories.number(row.category()), row.xywh(), row.score(), Marks.NONE);
        });
        return new CocoInput(Boxes.of(objects, found), unknown);
    }

    private static CocoTruth truth(Path file, IdNumbers images, IdNumbers categories) {
        CocoTruthBuilder builder = new CocoTruthBuilder(images, categories);
        CocoRecords.annotations(file, builder);
        try {
            return builder.build();
        } catch (ParfocalException wrong) {
            throw new ParfocalException(file + ": " + wrong.getMessage(), wrong);
        }
    }

    /**
     * Detections on a data set. A width here is {@code x2 - x1}, which may differ from the width that a file gives by a
     * rounding error.
     *
     * @param detections labels are indices into the data set's categories
     * @throws ParfocalException when a score or coordinate is not a number, or an image or label is unknown
     */
    public static CocoInput of(Dataset truth, List<Detection> detections) {
        return new CocoInput(Boxes.of(truth, detections), UnknownImages.REFUSE);
    }

    private CocoInput(Boxes boxes, List<String> notes) {
        this.boxes = boxes;
        this.notes = notes;
    }

    /**
     * The same as LVIS scores it: of an image the best detections of all classes together count, of these only the ones whose
     * class was looked for there, and one that found nothing is not false where its class is not completely annotated. The
     * field {@code ignore} counts, {@code iscrowd} does not.
     *
     * @param most how many detections of an image count
     * @throws ParfocalException if the truth does not say which classes were looked for
     */
    public CocoInput federated(int most) {
        return new CocoInput(
                FederatedBoxes.of(boxes, most),
                notes.stream().filter(note -> !note.equals(FEDERATED)).toList());
    }

    private void note(int count, String one, String several) {
        if (count > 0) {
            notes.add(count + " " + (count == 1 ? one : several));
        }
    }

    /** Objects and detections, by class and image. */
    public Boxes boxes() {
        return boxes;
    }

    /** The classes of the truth, by ascending id. */
    public List<Category> categories() {
        return boxes.truth().categories();
    }

    /** What was left out, or looks wrong, a sentence each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }
}
