package dev.parfocal.detection.draw;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/**
 * Text drawn with a round pen, from the strokes in {@code strokes.txt}: a bare server has no fonts, and the JDK then
 * throws. All characters are as wide; those that are unknown show as an empty box.
 *
 * @param size height of a capital letter, in pixels
 */
public record StrokeText(double size) {

    private static final double GRID = 6;
    private static final double ADVANCE = 6;

    public StrokeText {
        if (!(size > 0)) {
            throw new IllegalArgumentException("text needs a size, not " + size);
        }
    }

    /** How wide the text is, in pixels. */
    public double width(String text) {
        int characters = text.codePointCount(0, text.length());
        return characters == 0 ? 0 : (characters * ADVANCE - 2) * size / GRID + pen();
    }

    /** From the top of a capital to the foot of a {@code p}, in pixels. */
    public double height() {
        return size * 8 / GRID + pen();
    }

    private double pen() {
        return size * 0.14;
    }

    /** Draws the text; {@code (x, y)} is the left top corner of its first capital. */
    public void draw(Graphics2D graphics, String text, double x, double y, Color colour) {
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke((float) pen(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        double scale = size / GRID;
        double at = x + pen() / 2;
        for (int character : text.codePoints().toArray()) {
            AffineTransform place = new AffineTransform(scale, 0, 0, scale, at, y + pen() / 2);
            Path2D path = Strokes.of(character);
            graphics.draw(path.createTransformedShape(place));
            at += ADVANCE * scale;
        }
    }
}
