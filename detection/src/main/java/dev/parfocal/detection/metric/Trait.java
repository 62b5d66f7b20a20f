package dev.parfocal.detection.metric;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.coco.ImageRecord;
import dev.parfocal.detection.truth.BoxTable;
import dev.parfocal.detection.truth.Boxes;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntToDoubleFunction;

/** A property of boxes by which an evaluation is cut into slices. */
public enum Trait {
    /** The square root of the area, in pixels. */
    SIZE(
            List.of("below 16 px", "16 to 32 px", "32 to 96 px", "96 to 288 px", "from 288 px"),
            new double[] {16, 32, 96, 288},
            (boxes, table) ->
                    row -> Math.sqrt(table.equals(boxes.detections()) ? table.boxArea(row) : table.value(row))),
    /** Width over height. */
    ASPECT(
            List.of("very tall, below 1:3", "tall, below 2:3", "square", "wide, from 3:2", "very wide, from 3:1"),
            new double[] {1 / 3.0, 2 / 3.0, 1.5, 3},
            (boxes, table) -> row -> table.xywh(row, 2) / table.xywh(row, 3)),
    /** How many other objects of the image, of any class, overlap with the box with IoU from 0.1. */
    CROWDING(
            List.of("alone", "1 or 2 neighbours", "3 or more neighbours"),
            new double[] {1, 3},
            (boxes, table) -> new Neighbours(boxes, table)::count),
    /** How far the centre of the box is from that of its image: 0 there, 1 at the nearest edge. */
    POSITION(
            List.of("inner third", "middle third", "outer third"),
            new double[] {1 / 3.0, 2 / 3.0},
            (boxes, table) -> row -> fromCentre(boxes, table, row));

    private final List<String> names;
    private final double[] borders;
    private final BiFunction<Boxes, BoxTable, IntToDoubleFunction> measure;

    Trait(List<String> names, double[] borders, BiFunction<Boxes, BoxTable, IntToDoubleFunction> measure) {
        this.names = names;
        this.borders = borders;
        this.measure = measure;
    }

    /** The slices: everything is in exactly one of them. */
    Slicing slicing(Boxes boxes) {
        return new Slicing(
                names,
                place(measure.apply(boxes, boxes.truth().objects())),
                place(measure.apply(boxes, boxes.detections())));
    }

    private Slicing.Place place(IntToDoubleFunction value) {
        return row -> {
            double own = value.applyAsDouble(row);
            return (int) Arrays.stream(borders).filter(border -> own >= border).count();
        };
    }

    private static double fromCentre(Boxes boxes, BoxTable table, int row) {
        int image = Arrays.binarySearch(boxes.truth().images(), table.image(row));
        if (image < 0) {
            return 0;
        }
        ImageRecord record = boxes.truth().records().get(image);
        if (record.width() <= 0 || record.height() <= 0) {
            throw new ParfocalException("image " + record.id()
                    + ": slices by position need the width and height of every image in the truth");
        }
        double x = (table.xywh(row, 0) + table.xywh(row, 2) / 2) / record.width();
        double y = (table.xywh(row, 1) + table.xywh(row, 3) / 2) / record.height();
        return Math.max(Math.abs(2 * x - 1), Math.abs(2 * y - 1));
    }
}
