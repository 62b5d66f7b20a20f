package dev.parfocal.detection.truth;

import dev.parfocal.core.ParfocalException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Objects and detections as a federated truth has them. */
final class FederatedBoxes {

    private final Boxes boxes;
    private final Federation federation;
    private final IdIndex images;
    private final Set<List<Long>> present = new HashSet<>();

    private FederatedBoxes(Boxes boxes, Federation federation) {
        this.boxes = boxes;
        this.federation = federation;
        this.images = IdIndex.of(boxes.truth().images());
    }

    static Boxes of(Boxes boxes, int most) {
        Federation federation = boxes.truth()
                .federation()
                .orElseThrow(() ->
                        new ParfocalException("--federated: the truth does not say which classes were looked for in"
                                + " which images (neg_category_ids of LVIS)"));
        return new FederatedBoxes(boxes, federation).boxes(most);
    }

    private Boxes boxes(int most) {
        CocoTruth truth = boxes.truth();
        BoxTable objects = new BoxTable("annotation");
        for (int row = 0; row < truth.objects().size(); row++) {
            BoxTable from = truth.objects();
            present.add(List.of(from.image(row), from.category(row)));
            // Only a crowd takes several detections, and LVIS has none.
            objects.add(
                    from.image(row),
                    from.category(row),
                    xywh(from, row),
                    from.value(row),
                    Marks.of(false, from.marks(row).ignore(), from.marks(row).zeroId()));
        }
        BoxTable detections = new BoxTable("detection");
        BitSet incomplete = new BitSet();
        BitSet best = best(most);
        for (int row = 0; row < boxes.detections().size(); row++) {
            if (best.get(row) && isLookedFor(row)) {
                BoxTable from = boxes.detections();
                incomplete.set(detections.size(), says(federation.incomplete(), row));
                detections.add(from.image(row), from.category(row), xywh(from, row), from.value(row), Marks.NONE);
            }
        }
        CocoTruth complete = new CocoTruth(
                truth.images(), truth.records(), truth.categories(), objects, truth.federation(), truth.notes());
        return Boxes.of(complete, detections, Optional.of(incomplete));
    }

    private static double[] xywh(BoxTable table, int row) {
        return new double[] {table.xywh(row, 0), table.xywh(row, 1), table.xywh(row, 2), table.xywh(row, 3)};
    }

    private boolean isLookedFor(int row) {
        BoxTable table = boxes.detections();
        return present.contains(List.of(table.image(row), table.category(row))) || says(federation.absent(), row);
    }

    private boolean says(List<Set<Long>> byImage, int row) {
        int image = images.of(boxes.detections().image(row));
        return image >= 0 && byImage.get(image).contains(boxes.detections().category(row));
    }

    /** The rows with the best scores of each image, the first of equals. */
    private BitSet best(int most) {
        BoxTable table = boxes.detections();
        List<List<Integer>> byImage = new ArrayList<>();
        boxes.truth().records().forEach(image -> byImage.add(new ArrayList<>()));
        for (int row = 0; row < table.size(); row++) {
            int image = images.of(table.image(row));
            if (image >= 0) {
                byImage.get(image).add(row);
            }
        }
        BitSet best = new BitSet();
        for (List<Integer> rows : byImage) {
            if (rows.size() > most) {
                rows.sort(Comparator.comparingDouble(row -> -table.value(row)));
            }
            rows.stream().limit(most).forEach(best::set);
        }
        return best;
    }
}
