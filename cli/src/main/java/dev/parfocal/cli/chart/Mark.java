package dev.parfocal.cli.chart;

import java.util.List;

/** One thing on a {@link Scene}. Coordinates are pixels from the upper left corner; colours are 0xRRGGBB. */
public sealed interface Mark {

    /** A line through points. */
    record Polyline(double[] x, double[] y, Stroke stroke) implements Mark {}

    /**
     * A line of text.
     *
     * @param x where its anchor is
     * @param y its baseline
     * @param size of the font, pixels
     */
    record Label(double x, double y, String text, double size, Anchor anchor, boolean bold, int color)
            implements Mark {}

    /** A line of text that runs upwards, centred on a point of its baseline. */
    record Upwards(double x, double y, String text, double size, int color) implements Mark {}

    /** A filled rectangle. */
    record Patch(double x, double y, double width, double height, int color) implements Mark {}

    /** A filled disc with a thin white rim, to be seen on any ground. */
    record Disc(double x, double y, double radius, int color) implements Mark {}

    /** Marks of which only what is inside a rectangle shows. */
    record Clip(double x, double y, double width, double height, List<Mark> marks) implements Mark {}

    /** How a line is drawn: dashes are lengths on and off; none for a solid line. */
    record Stroke(int color, double width, List<Double> dashes) {
        static Stroke solid(int color, double width) {
            return new Stroke(color, width, List.of());
        }
    }

    /** Which end of a text stands at its point. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }
}
