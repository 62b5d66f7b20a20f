package dev.parfocal.detection.synth;

import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/** The categories of the drawn scenes: outlines about the origin, about as large as a circle of radius 1. */
enum Figure {
    DISC(disc(1)),
    SQUARE(new Rectangle2D.Double(-0.8, -0.8, 1.6, 1.6)),
    TRIANGLE(star(3, 1, 0.5)),
    STAR(star(5, 1, 0.42)),
    RING(without(disc(1), disc(0.58))),
    /** The rare one; a small gear is easily taken for a ring or a disc. */
    GEAR(without(gear(8, 1, 0.74), disc(0.3)));

    private final Shape outline;

    Figure(Shape outline) {
        this.outline = outline;
    }

    Shape outline() {
        return outline;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Shape disc(double radius) {
        return new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
    }

    static Shape without(Shape shape, Shape hole) {
        Area area = new Area(shape);
        area.subtract(new Area(hole));
        return area;
    }

    /** Corners alternate between two radii; a triangle is a star of 3 whose inner corners lie on its sides. */
    static Shape star(int points, double outer, double inner) {
        double[] radii = {outer, inner};
        return polygon(2 * points, radii);
    }

    private static Shape gear(int teeth, double outer, double inner) {
        double[] radii = {outer, outer, inner, inner};
        return polygon(4 * teeth, radii);
    }

    private static Shape polygon(int corners, double[] radii) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners - Math.PI / 2;
            double radius = radii[i % radii.length];
            double x = radius * Math.cos(angle);
            double y = radius * Math.sin(angle);
            if (i == 0) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
        }
        path.closePath();
        return path;
    }
}
