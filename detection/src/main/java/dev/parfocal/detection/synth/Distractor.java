package dev.parfocal.detection.synth;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;

/** Things that lie about in the scenes and are no objects, about as large as the {@link Figure}s. */
enum Distractor {
    BAR(new Rectangle2D.Double(-1, -0.18, 2, 0.36)),
    LENS(new Ellipse2D.Double(-1, -0.38, 2, 0.76)),
    CROSS(union(new Rectangle2D.Double(-0.9, -0.22, 1.8, 0.44), new Rectangle2D.Double(-0.22, -0.9, 0.44, 1.8))),
    ANGLE(union(new Rectangle2D.Double(-0.8, -0.8, 0.45, 1.6), new Rectangle2D.Double(-0.8, 0.35, 1.6, 0.45))),
    CRESCENT(Figure.without(Figure.disc(1), moved(Figure.disc(0.9), 0.5))),
    HALF_DISC(new Arc2D.Double(-1, -1, 2, 2, 0, 180, Arc2D.CHORD)),
    SPARK(Figure.star(4, 1, 0.22));

    private final Shape outline;

    Distractor(Shape outline) {
        this.outline = outline;
    }

    Shape outline() {
        return outline;
    }

    private static Shape union(Shape a, Shape b) {
        Area area = new Area(a);
        area.add(new Area(b));
        return area;
    }

    private static Shape moved(Shape shape, double dx) {
        return AffineTransform.getTranslateInstance(dx, 0).createTransformedShape(shape);
    }
}
