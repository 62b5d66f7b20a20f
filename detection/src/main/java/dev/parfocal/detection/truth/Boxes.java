package dev.parfocal.detection.truth;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Objects and detections by class and image.
 *
 * @param objects the truth's rows, grouped
 * @param found the detections' rows, grouped
 * @param incomplete the rows of detections of a class of which not every object of the image is annotated; empty where the truth
 *     is taken for complete
 */
public record Boxes(
        CocoTruth truth, BoxTable detections, GroupedRows objects, GroupedRows found, Optional<BitSet> incomplete) {

    public static Boxes of(CocoTruth truth, BoxTable detections) {
        return of(truth, detections, Optional.empty());
    }

    static Boxes of(CocoTruth truth, BoxTable detections, Optional<BitSet> incomplete) {
        long[] categories = truth.categoryIds();
        return new Boxes(
                truth,
                detections,
                GroupedRows.of(truth.objects(), truth.images(), categories),
                GroupedRows.of(detections, truth.images(), categories),
                incomplete);
    }

    /**
     * Detections against a data set.
     *
     * @param detections labels are indices into the data set's categories
     * @throws ParfocalException when a score or coordinate is not a number, or an image or label is unknown
     */
    public static Boxes of(Dataset truth, List<Detection> detections) {
        BoxTable table = new BoxTable("detection");
        for (Detection found : detections) {
            if (found.label() < 0 || found.label() >= truth.categories().size()) {
                throw new ParfocalException(table.where(found.imageId()) + "label " + found.label()
                        + " is not one of the " + truth.categories().size() + " categories");
            }
            long category = truth.categories().get(found.label()).id();
            table.add(found.imageId(), category, CocoTruth.xywh(found.box()), found.score(), Marks.NONE);
        }
        Boxes boxes = of(CocoTruth.of(truth), table);
        boxes.countUnknownImages(UnknownImages.REFUSE);
        return boxes;
    }

    /** How many detections are on images that the truth does not list, if that is not to be refused. */
    public int countUnknownImages(UnknownImages unknown) {
        int strays = 0;
        IdIndex known = IdIndex.of(truth.images());
        for (int row = 0; row < detections.size(); row++) {
            if (known.of(detections.image(row)) < 0) {
                if (unknown == UnknownImages.REFUSE) {
                    throw new ParfocalException("detection " + (row + 1) + " is on image " + detections.image(row)
                            + ", which the truth does not list: are these files of the same images?");
                }
                strays++;
            }
        }
        return strays;
    }

    /** Whether a detection that found nothing may be right all the same. */
    public boolean isIncomplete(int detection) {
        return incomplete.isPresent() && incomplete.get().get(detection);
    }

    /** How many classes the truth has. */
    public int classes() {
        return truth.categories().size();
    }

    /** How many images it has. */
    public int images() {
        return truth.images().length;
    }
}
