package dev.parfocal.cli.chart;

import dev.parfocal.detection.draw.StrokeText;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** How text gets onto a painted picture. */
enum Lettering {
    /** The JDK's sans-serif font. */
    FONT {
        @Override
        double width(Graphics2D graphics, String text, double size, boolean bold) {
            return font(size, bold)
                    .getStringBounds(text, graphics.getFontRenderContext())
                    .getWidth();
        }

        @Override
        void draw(Graphics2D graphics, String text, double x, double y, double size, boolean bold, Color color) {
            graphics.setFont(font(size, bold));
            graphics.setColor(color);
            graphics.drawString(text, (float) x, (float) y);
        }
    },
    /** Strokes of a pen: a bare server has no fonts, and the JDK then throws. */
    STROKES {
        @Override
        double width(Graphics2D graphics, String text, double size, boolean bold) {
            return new StrokeText(size * CAPITAL).width(plain(text));
        }

        @Override
        void draw(Graphics2D graphics, String text, double x, double y, double size, boolean bold, Color color) {
            new StrokeText(size * CAPITAL).draw(graphics, plain(text), x, y - size * CAPITAL, color);
        }
    };

    /** The height of a stroked capital as a share of the font's size; its characters are then as wide as a font's. */
    private static final double CAPITAL = 0.62;

    abstract double width(Graphics2D graphics, String text, double size, boolean bold);

    /** Draws a line of text; {@code (x, y)} is the start of its baseline. */
    abstract void draw(Graphics2D graphics, String text, double x, double y, double size, boolean bold, Color color);

    /** Fonts where this machine has them, else strokes. */
    static Lettering best() {
        Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            return FONT.width(graphics, "x", 10, false) > 0 ? FONT : STROKES;
        } catch (RuntimeException | LinkageError | InternalError e) {
            // What the JDK throws without fontconfig or without a single font.
            return STROKES;
        } finally {
            graphics.dispose();
        }
    }

    private static Font font(double size, boolean bold) {
        return new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) size);
    }

    /** The same with characters that the pen knows. */
    private static String plain(String text) {
        return text.replace('\u2212', '-').replace('\u2082', '2');
    }
}
