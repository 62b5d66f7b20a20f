package dev.parfocal.detection.metric;

import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * COCO's box evaluation (Lin et al.: Microsoft COCO: Common Objects in Context, ECCV 2014. arXiv 1405.0312), with the
 * numbers of pycocotools' {@code COCOeval} to the last bit, oddities included:
 *
 * <ul>
 *   <li>Detections of equal score count in the order given, images by ascending id.
 *   <li>The area of an object is the annotation's, that of a detection its box's; a border area belongs to both ranges.
 *   <li>Detections of a category that the truth lacks are left out.
 *   <li>A match with an object whose id in the file is 0 counts as none. {@link CocoResult#notes()} tells when that happens.
 * </ul>
 *
 * <p>Files are streamed record by record into plain columns, some 60 bytes per box, and never held as JSON. Classes are
 * evaluated one after another, so the working memory is that of the most frequent class.
 */
public final class CocoEvaluator {

    private CocoEvaluator() {}

    /**
     * Evaluates COCO files, with the coordinates exactly as they are written there.
     *
     * @param truth annotations: an object with {@code images}, {@code annotations} and {@code categories}
     * @param detections a list of {@code {image_id, category_id, bbox: [x, y, width, height], score}}
     * @throws dev.parfocal.core.ParfocalException when a file cannot be used, or a score or coordinate is not a number, or an image is
     *     unknown and that is to be refused
     */
    public static CocoResult evaluate(Path truth, Path detections, UnknownImages unknown) {
        return evaluate(CocoFiles.readTruth(truth), CocoFiles.readDetections(detections), unknown);
    }

    /**
     * Evaluates detections against a data set. A width here is {@code x2 - x1}, which may differ from the width that a
     * file gives by a rounding error.
     *
     * @param detections labels are indices into the data set's categories
     * @throws dev.parfocal.core.ParfocalException when a score or coordinate is not a number, or an image or label is unknown
     */
    public static CocoResult evaluate(Dataset truth, List<Detection> detections) {
        return evaluate(Boxes.of(truth, detections), UnknownImages.REFUSE);
    }

    static CocoResult evaluate(CocoTruth truth, BoxTable detections, UnknownImages unknown) {
        return evaluate(Boxes.of(truth, detections), unknown);
    }

    private static CocoResult evaluate(Boxes boxes, UnknownImages unknown) {
        CocoTruth truth = boxes.truth();
        List<String> notes = new ArrayList<>(truth.notes());
        int strays = boxes.countUnknownImages(unknown);
        note(notes, strays, "detections are on images that the truth does not list; they were left out");
        note(
                notes,
                boxes.found().leftOut(boxes.detections()) - strays,
                "detections are of categories that the truth does not list; they were left out");
        note(
                notes,
                boxes.objects().leftOut(truth.objects()),
                "annotations name an image or a category that the truth does not list; they were left out");
        CocoTables tables = new CocoTables(boxes.classes());
        int[] counted = new int[boxes.classes()];
        for (int label = 0; label < counted.length; label++) {
            ClassEvaluation outcome = boxes.evaluate(label);
            outcome.write(tables, label);
            counted[label] = outcome.objects(AreaRange.ALL);
        }
        return new CocoResult(tables, truth.categories(), counted, notes);
    }

    private static void note(List<String> notes, int count, String what) {
        if (count > 0) {
            notes.add(count + " " + what);
        }
    }
}
