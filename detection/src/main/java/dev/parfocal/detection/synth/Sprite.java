package dev.parfocal.detection.synth;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.jspecify.annotations.Nullable;

/**
 * One thing in a scene.
 *
 * @param outline about the origin, about as large as a circle of radius 1
 * @param place from there to the scene's pixels
 * @param edge colour of a contour line, if it has one
 */
record Sprite(
        Shape outline,
        AffineTransform place,
        Paint paint,
        @Nullable Color edge) {

    private static final float EDGE_WIDTH = 0.12f;

    void draw(Graphics2D graphics) {
        draw(graphics, paint, edge);
    }

    private void draw(Graphics2D graphics, Paint fill, @Nullable Color line) {
        AffineTransform before = graphics.getTransform();
        graphics.transform(place);
        graphics.setPaint(fill);
        graphics.fill(outline);
        if (line != null) {
            graphics.setPaint(line);
            graphics.setStroke(new BasicStroke(EDGE_WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.draw(outline);
        }
        graphics.setTransform(before);
    }

    /** A soft shadow, down and to the right by this many pixels. */
    void drawShadow(Graphics2D graphics, double offset) {
        AffineTransform before = graphics.getTransform();
        for (double spread : new double[] {0.96, 1, 1.05}) {
            AffineTransform cast = AffineTransform.getTranslateInstance(offset, offset);
            cast.concatenate(place);
            cast.scale(spread, spread);
            graphics.setPaint(new Color(0, 0, 0, 40));
            graphics.fill(cast.createTransformedShape(outline));
        }
        graphics.setTransform(before);
    }

    /** The pixels that this thing covers by half or more. */
    Mask mask() {
        Rectangle2D bounds = place.createTransformedShape(outline).getBounds2D();
        int margin = 2 + (int) Math.ceil(EDGE_WIDTH * Math.sqrt(Math.abs(place.getDeterminant())));
        int left = (int) Math.floor(bounds.getX()) - margin;
        int top = (int) Math.floor(bounds.getY()) - margin;
        int width = (int) Math.ceil(bounds.getWidth()) + 2 * margin + 1;
        int height = (int) Math.ceil(bounds.getHeight()) + 2 * margin + 1;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.translate(-left, -top);
        draw(graphics, Color.WHITE, edge == null ? null : Color.WHITE);
        graphics.dispose();
        return new Mask(
                left, top, width, height, ((DataBufferByte) image.getRaster().getDataBuffer()).getData());
    }

    /**
     * Covered pixels in a window of the scene.
     *
     * @param levels coverage by rows, as unsigned bytes
     */
    record Mask(int left, int top, int width, int height, byte[] levels) {

        /** Whether the pixel at this place of the window is covered. */
        boolean covers(int column, int row) {
            return levels[row * width + column] < 0;
        }

        int size() {
            int count = 0;
            for (byte level : levels) {
                count += level < 0 ? 1 : 0;
            }
            return count;
        }
    }
}
