package dev.parfocal.detection.synth;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Line2D;

/** What is behind the objects: a gradient, soft blobs of light, a faint pattern, stray lines. */
final class Backdrop {

    private Backdrop() {}

    static void draw(Graphics2D graphics, SceneOptions options, Dice dice) {
        Color base = dice.colour();
        gradient(graphics, options, base, dice);
        int blobs = (int) Math.round(options.clutter() * dice.whole(2, 6));
        for (int i = 0; i < blobs; i++) {
            blob(graphics, options, dice);
        }
        if (dice.chance(0.35 * options.clutter())) {
            pattern(graphics, options, base, dice);
        }
        int lines = (int) Math.round(options.clutter() * dice.whole(0, 7));
        for (int i = 0; i < lines; i++) {
            curve(graphics, options, dice);
        }
    }

    private static void gradient(Graphics2D graphics, SceneOptions options, Color base, Dice dice) {
        double angle = dice.between(0.0, 2 * Math.PI);
        float dx = (float) (Math.cos(angle) * options.width() / 2);
        float dy = (float) (Math.sin(angle) * options.height() / 2);
        float cx = options.width() / 2f;
        float cy = options.height() / 2f;
        Color from = Dice.shade(base, dice.between(0, 0.4));
        Color to = Dice.shade(base, -dice.between(0, 0.5));
        graphics.setPaint(new GradientPaint(cx - dx, cy - dy, from, cx + dx, cy + dy, to));
        graphics.fillRect(0, 0, options.width(), options.height());
    }

    private static void blob(Graphics2D graphics, SceneOptions options, Dice dice) {
        float x = (float) dice.between(0, options.width());
        float y = (float) dice.between(0, options.height());
        float radius = (float) (dice.between(0.15, 0.6) * options.width());
        Color colour = dice.colour();
        Color centre = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), dice.whole(30, 110));
        Color rim = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 0);
        graphics.setPaint(new RadialGradientPaint(x, y, radius, new float[] {0, 1}, new Color[] {centre, rim}));
        graphics.fillRect(0, 0, options.width(), options.height());
    }

    private static void pattern(Graphics2D graphics, SceneOptions options, Color base, Dice dice) {
        Color tone = Dice.shade(base, dice.chance(0.5) ? 0.5 : -0.5);
        graphics.setColor(new Color(tone.getRed(), tone.getGreen(), tone.getBlue(), 60));
        graphics.setStroke(new BasicStroke((float) dice.between(1, 4)));
        double step = dice.between(10, 26);
        boolean grid = dice.chance(0.5);
        double slant = grid ? 0 : dice.between(-1, 1);
        int reach = options.width() + options.height();
        for (double at = -reach; at < reach; at += step) {
            graphics.draw(new Line2D.Double(at, 0, at + slant * options.height(), options.height()));
            if (grid) {
                graphics.draw(new Line2D.Double(0, at, options.width(), at));
            }
        }
    }

    /** A stray line, like a scratch or a wire. */
    private static void curve(Graphics2D graphics, SceneOptions options, Dice dice) {
        double[] points = new double[8];
        for (int i = 0; i < points.length; i++) {
            points[i] = dice.between(-0.1, 1.1) * (i % 2 == 0 ? options.width() : options.height());
        }
        Color colour = dice.colour();
        graphics.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), dice.whole(60, 200)));
        graphics.setStroke(new BasicStroke((float) dice.between(0.8, 3)));
        graphics.draw(new CubicCurve2D.Double(
                points[0], points[1], points[2], points[3], points[4], points[5], points[6], points[7]));
    }
}
