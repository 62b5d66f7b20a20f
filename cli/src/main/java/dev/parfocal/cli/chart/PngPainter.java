package dev.parfocal.cli.chart;

import dev.parfocal.cli.chart.Mark.Anchor;
import dev.parfocal.cli.chart.Mark.Clip;
import dev.parfocal.cli.chart.Mark.Disc;
import dev.parfocal.cli.chart.Mark.Label;
import dev.parfocal.cli.chart.Mark.Patch;
import dev.parfocal.cli.chart.Mark.Polyline;
import dev.parfocal.cli.chart.Mark.Stroke;
import dev.parfocal.cli.chart.Mark.Upwards;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Paints a scene, at twice its size so that it stays sharp on fine screens. */
final class PngPainter {

    private static final double SCALE = 2;

    private final Graphics2D graphics;
    private final Lettering lettering;

    private PngPainter(Graphics2D graphics, Lettering lettering) {
        this.graphics = graphics;
        this.lettering = lettering;
    }

    static BufferedImage paint(Scene scene, Lettering lettering) {
        int width = (int) Math.ceil(scene.width() * SCALE);
        int height = (int) Math.ceil(scene.height() * SCALE);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        PngPainter painter = new PngPainter(graphics, lettering);
        scene.marks().forEach(painter::mark);
        graphics.dispose();
        return image;
    }

    private void mark(Mark mark) {
        if (mark instanceof Polyline line) {
            polyline(line);
        } else if (mark instanceof Label label) {
            text(label.text(), label.x(), label.y(), label.size(), label.bold(), label.anchor(), label.color());
        } else if (mark instanceof Upwards upwards) {
            AffineTransform before = graphics.getTransform();
            graphics.translate(upwards.x(), upwards.y());
            graphics.rotate(-Math.PI / 2);
            text(upwards.text(), 0, 0, upwards.size(), false, Anchor.MIDDLE, upwards.color());
            graphics.setTransform(before);
        } else if (mark instanceof Patch patch) {
            graphics.setColor(new Color(patch.color()));
            graphics.fill(new Rectangle2D.Double(patch.x(), patch.y(), patch.width(), patch.height()));
        } else if (mark instanceof Disc disc) {
            double size = 2 * disc.radius();
            Shape shape = new Ellipse2D.Double(disc.x() - disc.radius(), disc.y() - disc.radius(), size, size);
            graphics.setColor(new Color(disc.color()));
            graphics.fill(shape);
            graphics.setColor(Color.WHITE);
            graphics.setStroke(new BasicStroke(0.8f));
            graphics.draw(shape);
        } else if (mark instanceof Clip clip) {
            Shape before = graphics.getClip();
            graphics.clip(new Rectangle2D.Double(clip.x(), clip.y(), clip.width(), clip.height()));
            clip.marks().forEach(this::mark);
            graphics.setClip(before);
        }
    }

    private void polyline(Polyline line) {
        Path2D path = new Path2D.Double();
        path.moveTo(line.x()[0], line.y()[0]);
        for (int i = 1; i < line.x().length; i++) {
            path.lineTo(line.x()[i], line.y()[i]);
        }
        graphics.setColor(new Color(line.stroke().color()));
        graphics.setStroke(stroke(line.stroke()));
        graphics.draw(path);
    }

    private static BasicStroke stroke(Stroke stroke) {
        float width = (float) stroke.width();
        if (stroke.dashes().isEmpty()) {
            return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
        }
        float[] dashes = new float[stroke.dashes().size()];
        for (int i = 0; i < dashes.length; i++) {
            dashes[i] = stroke.dashes().get(i).floatValue();
        }
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
    }

    private void text(String text, double x, double y, double size, boolean bold, Anchor anchor, int color) {
        double share = switch (anchor) {
            case START -> 0;
            case MIDDLE -> 0.5;
            case END -> 1;
        };
        double width = share == 0 ? 0 : lettering.width(graphics, text, size, bold);
        lettering.draw(graphics, text, x - share * width, y, size, bold, new Color(color));
    }
}
