package dev.parfocal.detection.draw;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.SideDeviations;
import dev.parfocal.detection.image.RgbImage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws boxes with labels on a picture. */
public final class BoxPainter {
    /** How opaque the bands of deviations are, of 255. */
    private static final int BAND = 90;

    private BoxPainter() {}

    /** A copy of the picture with these boxes on it, those listed last on top. Lines and text suit the picture's size. */
    public static RgbImage draw(RgbImage image, List<Mark> marks) {
        RgbImage copy = image.copy();
        BufferedImage buffered = copy.buffered();
        Graphics2D graphics = buffered.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        double size = Math.max(6, Math.min(image.width(), image.height()) / 48.0);
        for (Mark mark : marks) {
            bands(graphics, mark);
            outline(graphics, mark, size);
        }
        for (Mark mark : marks) {
            label(graphics, mark, size, image);
        }
        graphics.dispose();
        return copy.cleared();
    }

    /** One deviation to both sides of each side. */
    private static void bands(Graphics2D graphics, Mark mark) {
        SideDeviations deviations = mark.deviations();
        if (deviations == null) {
            return;
        }
        Color color = Palette.of(mark.label());
        graphics.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), BAND));
        Box box = mark.box();
        band(graphics, box.x1() - deviations.left(), box.y1(), 2 * deviations.left(), box.height());
        band(graphics, box.x2() - deviations.right(), box.y1(), 2 * deviations.right(), box.height());
        band(graphics, box.x1(), box.y1() - deviations.top(), box.width(), 2 * deviations.top());
        band(graphics, box.x1(), box.y2() - deviations.bottom(), box.width(), 2 * deviations.bottom());
    }

    private static void band(Graphics2D graphics, double x, double y, double width, double height) {
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    /** A dark line under the coloured one keeps it visible on any ground. */
    private static void outline(Graphics2D graphics, Mark mark, double size) {
        Box box = mark.box();
        Rectangle2D shape = new Rectangle2D.Double(box.x1(), box.y1(), box.width(), box.height());
        boolean truth = mark.style() == Mark.Style.TRUTH;
        float thickness = (float) (truth ? size / 6 : size / 4);
        float[] dashes = {4 * thickness, 3 * thickness};
        graphics.setColor(new Color(0, 0, 0, 130));
        graphics.setStroke(new BasicStroke(thickness * 2));
        graphics.draw(shape);
        graphics.setColor(Palette.of(mark.label()));
        graphics.setStroke(
                truth
                        ? new BasicStroke(thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, dashes, 0)
                        : new BasicStroke(thickness));
        graphics.draw(shape);
    }

    /** Above the box's left top corner (truth: below its left bottom corner), moved inside the picture. */
    private static void label(Graphics2D graphics, Mark mark, double size, RgbImage image) {
        if (mark.text().isEmpty()) {
            return;
        }
        StrokeText text = new StrokeText(size);
        double pad = size * 0.3;
        double width = text.width(mark.text()) + 2 * pad;
        double height = text.height() + 2 * pad;
        boolean truth = mark.style() == Mark.Style.TRUTH;
        double x = inside(mark.box().x1(), width, image.width());
        double y = inside(truth ? mark.box().y2() : mark.box().y1() - height, height, image.height());
        Color colour = Palette.of(mark.label());
        Color ground = truth ? new Color(0, 0, 0, 150) : colour;
        graphics.setColor(ground);
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
        text.draw(graphics, mark.text(), x + pad, y + pad, truth ? colour : Palette.textOn(colour));
    }

    private static double inside(double at, double length, double limit) {
        return Math.max(0, Math.min(limit - length, at));
    }
}
