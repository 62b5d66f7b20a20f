package dev.parfocal.detection.metric;

import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import java.nio.file.Path;
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
 *   <li>An annotation's {@code ignore} counts for nothing; {@code iscrowd} alone does.
 * </ul>
 *
 * <p>Classes are evaluated one after another, so the working memory is that of the most frequent class.
 */
public final class CocoEvaluator {

    private CocoEvaluator() {}

    /**
     * Evaluates COCO files, with the coordinates exactly as they are written there.
     *
     * @throws dev.parfocal.core.ParfocalException as {@link CocoInput#read} does
     */
    public static CocoResult evaluate(Path truth, Path detections, UnknownImages unknown) {
        return evaluate(CocoInput.read(truth, detections, unknown));
    }

    /**
     * Evaluates detections against a data set.
     *
     * @throws dev.parfocal.core.ParfocalException as {@link CocoInput#of} does
     */
    public static CocoResult evaluate(Dataset truth, List<Detection> detections) {
        return evaluate(CocoInput.of(truth, detections));
    }

    /** Evaluates what was read. */
    public static CocoResult evaluate(CocoInput input) {
        Boxes boxes = input.boxes();
        CocoTables tables = new CocoTables(boxes.classes());
        int[] counted = new int[boxes.classes()];
        for (int label = 0; label < counted.length; label++) {
            ClassEvaluation outcome = boxes.evaluate(label);
            outcome.write(tables, label);
            counted[label] = outcome.objects(AreaRange.ALL);
        }
        return new CocoResult(tables, input.categories(), counted, input.notes());
    }
}
