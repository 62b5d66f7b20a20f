package dev.parfocal.detection.metric;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.truth.BoxTable;
import dev.parfocal.detection.truth.Boxes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A division of objects and detections into slices.
 *
 * @param names of the slices
 * @param objects the slice of an object
 * @param detections the slice of a detection
 */
record Slicing(List<String> names, Place objects, Place detections) {

    private static final String NONE = "(none)";

    /** The number of a row's slice. */
    @FunctionalInterface
    interface Place {
        int of(int row);
    }

    /**
     * By an attribute of the image.
     *
     * @throws ParfocalException if no image has it
     */
    static Slicing byAttribute(String attribute, Boxes boxes) {
        List<String> ofImage = boxes.truth().records().stream()
                .map(image -> image.attributes().getOrDefault(attribute, NONE))
                .toList();
        List<String> names = new ArrayList<>(new TreeSet<>(ofImage));
        if (names.equals(List.of(NONE))) {
            TreeSet<String> known = new TreeSet<>();
            boxes.truth()
                    .records()
                    .forEach(image -> known.addAll(image.attributes().keySet()));
            throw new ParfocalException("no image of the truth has the attribute '" + attribute + "'; they have "
                    + (known.isEmpty() ? "none" : String.join(", ", known)));
        }
        int[] number = ofImage.stream().mapToInt(names::indexOf).toArray();
        return new Slicing(
                names,
                row -> ofImage(row, boxes.truth().objects(), boxes, number),
                row -> ofImage(row, boxes.detections(), boxes, number));
    }

    private static int ofImage(int row, BoxTable table, Boxes boxes, int[] number) {
        int image = Arrays.binarySearch(boxes.truth().images(), table.image(row));
        return image < 0 ? -1 : number[image];
    }

    /** Each slice as a stratum, all of them together first. */
    List<Stratum> strata(Stratum all) {
        List<Stratum> strata = new ArrayList<>(List.of(all));
        IntStream.range(0, names.size())
                .forEach(slice -> strata.add(new Stratum(
                        names.get(slice),
                        row -> objects.of(row) == slice,
                        row -> all.detections().test(row) && detections.of(row) == slice)));
        return strata;
    }
}
