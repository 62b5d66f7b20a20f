package dev.parfocal.detection.format.raw;

import dev.parfocal.detection.box.Box;

/** The upright boxes around shapes that are none. */
public final class Shapes {

    private Shapes() {}

    /** The box around points {@code x, y, x, y …}, of which there is at least one. */
    public static Box around(double... points) {
        double x1 = points[0];
        double y1 = points[1];
        double x2 = x1;
        double y2 = y1;
        for (int i = 2; i < points.length; i += 2) {
            x1 = Math.min(x1, points[i]);
            y1 = Math.min(y1, points[i + 1]);
            x2 = Math.max(x2, points[i]);
            y2 = Math.max(y2, points[i + 1]);
        }
        return new Box(x1, y1, x2, y2);
    }

    /** The box around one that is turned about its centre; the box itself where the angle is 0. */
    public static Box turned(Box box, double degrees) {
        if (degrees == 0) {
            return box;
        }
        double cos = Math.abs(Math.cos(Math.toRadians(degrees)));
        double sin = Math.abs(Math.sin(Math.toRadians(degrees)));
        return Box.ofCxcywh(
                (box.x1() + box.x2()) / 2,
                (box.y1() + box.y2()) / 2,
                box.width() * cos + box.height() * sin,
                box.width() * sin + box.height() * cos);
    }

    /** The box around one that is turned clockwise about its upper left corner; the box itself where the angle is 0. */
    public static Box turnedAtCorner(Box box, double degrees) {
        if (degrees == 0) {
            return box;
        }
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        double width = box.width();
        double height = box.height();
        return around(
                box.x1(),
                box.y1(),
                box.x1() + width * cos,
                box.y1() + width * sin,
                box.x1() - height * sin,
                box.y1() + height * cos,
                box.x1() + width * cos - height * sin,
                box.y1() + width * sin + height * cos);
    }

    /** The box around an ellipse that is turned about its centre. */
    public static Box ellipse(double cx, double cy, double rx, double ry, double degrees) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        return Box.ofCxcywh(cx, cy, 2 * Math.hypot(rx * cos, ry * sin), 2 * Math.hypot(rx * sin, ry * cos));
    }
}
