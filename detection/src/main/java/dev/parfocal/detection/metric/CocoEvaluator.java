package dev.parfocal.detection.metric;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
     * @throws ParfocalException when a file cannot be used, or a score or coordinate is not a number, or an image is
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
     * @throws ParfocalException when a score or coordinate is not a number, or an image or label is unknown
     */
    public static CocoResult evaluate(Dataset truth, List<Detection> detections) {
        BoxTable table = new BoxTable("detection");
        for (Detection found : detections) {
            if (found.label() < 0 || found.label() >= truth.categories().size()) {
                throw new ParfocalException(table.where(found.imageId()) + "label " + found.label()
                        + " is not one of the " + truth.categories().size() + " categories");
            }
            long category = truth.categories().get(found.label()).id();
            table.add(found.imageId(), category, CocoTruth.xywh(found.box()), found.score(), false, true);
        }
        return evaluate(CocoTruth.of(truth), table, UnknownImages.REFUSE);
    }

    static CocoResult evaluate(CocoTruth truth, BoxTable detections, UnknownImages unknown) {
        long[] categories = truth.categoryIds();
        List<String> notes = new ArrayList<>(truth.notes());
        int strays = countUnknownImages(truth, detections, unknown);
        GroupedRows objects = GroupedRows.of(truth.objects(), truth.images(), categories);
        GroupedRows found = GroupedRows.of(detections, truth.images(), categories);
        note(notes, strays, "detections are on images that the truth does not list; they were left out");
        note(
                notes,
                found.leftOut(detections) - strays,
                "detections are of categories that the truth does not list; they were left out");
        note(
                notes,
                objects.leftOut(truth.objects()),
                "annotations name an image or a category that the truth does not list; they were left out");
        CocoTables tables = new CocoTables(categories.length);
        int[] counted = new int[categories.length];
        for (int label = 0; label < categories.length; label++) {
            ClassEvaluation outcome = evaluateClass(label, truth.objects(), objects, detections, found);
            outcome.write(tables, label);
            counted[label] = outcome.objects(AreaRange.ALL);
        }
        return new CocoResult(tables, truth.categories(), counted, notes);
    }

    private static ClassEvaluation evaluateClass(
            int label, BoxTable truth, GroupedRows objects, BoxTable detections, GroupedRows found) {
        int d = found.start(label);
        int g = objects.start(label);
        ClassEvaluation evaluation = new ClassEvaluation(detections, truth, found.end(label) - d);
        while (d < found.end(label) || g < objects.end(label)) {
            int ofDetection = d < found.end(label) ? found.image(d) : Integer.MAX_VALUE;
            int ofObject = g < objects.end(label) ? objects.image(g) : Integer.MAX_VALUE;
            int nextD = ofDetection <= ofObject ? found.endOfImage(d, found.end(label)) : d;
            int nextG = ofObject <= ofDetection ? objects.endOfImage(g, objects.end(label)) : g;
            evaluation.addImage(objects, g, nextG, found, d, nextD);
            d = nextD;
            g = nextG;
        }
        return evaluation;
    }

    private static int countUnknownImages(CocoTruth truth, BoxTable detections, UnknownImages unknown) {
        int strays = 0;
        for (int row = 0; row < detections.size(); row++) {
            if (Arrays.binarySearch(truth.images(), detections.image(row)) < 0) {
                if (unknown == UnknownImages.REFUSE) {
                    throw new ParfocalException("detection " + (row + 1) + " is on image " + detections.image(row)
                            + ", which the truth does not list: are these files of the same images?");
                }
                strays++;
            }
        }
        return strays;
    }

    private static void note(List<String> notes, int count, String what) {
        if (count > 0) {
            notes.add(count + " " + what);
        }
    }
}
