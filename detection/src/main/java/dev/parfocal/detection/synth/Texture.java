package dev.parfocal.detection.synth;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.TexturePaint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** How a thing's surface looks; paints are made for an outline of radius 1 about the origin. */
enum Texture {
    PLAIN {
        @Override
        Paint paint(Color colour, Color second, Dice dice) {
            return colour;
        }
    },
    GRADIENT {
        @Override
        Paint paint(Color colour, Color second, Dice dice) {
            return new GradientPaint(-1, 0, Dice.shade(colour, 0.25), 1, 0, Dice.shade(colour, -0.45));
        }
    },
    SHADED {
        @Override
        Paint paint(Color colour, Color second, Dice dice) {
            float[] stops = {0, 0.5f, 1};
            Color[] colours = {Dice.shade(colour, 0.6), colour, Dice.shade(colour, -0.5)};
            return new RadialGradientPaint(-0.35f, -0.4f, 1.5f, stops, colours);
        }
    },
    STRIPES {
        @Override
        Paint paint(Color colour, Color second, Dice dice) {
            return tile(colour, second, dice.between(0.25, 0.7), graphics -> graphics.fillRect(0, 0, TILE, TILE / 2));
        }
    },
    CHECKS {
        @Override
        Paint paint(Color colour, Color second, Dice dice) {
            return tile(colour, second, dice.between(0.4, 0.9), graphics -> {
                graphics.fillRect(0, 0, TILE / 2, TILE / 2);
                graphics.fillRect(TILE / 2, TILE / 2, TILE / 2, TILE / 2);
            });
        }
    },
    DOTS {
        @Override
        Paint paint(Color colour, Color second, Dice dice) {
            double edge = TILE / 5.0;
            return tile(
                    colour,
                    second,
                    dice.between(0.35, 0.6),
                    graphics -> graphics.fill(new Ellipse2D.Double(edge, edge, TILE - 2 * edge, TILE - 2 * edge)));
        }
    };

    private static final int TILE = 16;

    /** A paint of this colour, patterned with the second where it has a pattern. */
    abstract Paint paint(Color colour, Color second, Dice dice);

    private interface Pattern {
        void draw(Graphics2D graphics);
    }

    private static Paint tile(Color colour, Color second, double size, Pattern pattern) {
        BufferedImage image = new BufferedImage(TILE, TILE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, TILE, TILE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(second);
        pattern.draw(graphics);
        graphics.dispose();
        return new TexturePaint(image, new Rectangle2D.Double(0, 0, size, size));
    }
}
