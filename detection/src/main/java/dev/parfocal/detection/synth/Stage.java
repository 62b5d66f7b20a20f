package dev.parfocal.detection.synth;

import dev.parfocal.detection.image.RgbImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;

/**
 * Where a scene's things are put, and what is there already.
 *
 * @param image what {@code graphics} draws on
 */
record Stage(SceneOptions options, Dice dice, RgbImage image, Graphics2D graphics, Ownership ownership) {

    /** Puts an object somewhere, unless that would hide it or another too much. */
    boolean putObject(Shape outline) {
        Sprite sprite = sprite(outline, options.minSize(), options.maxSize());
        Sprite.Mask mask = sprite.mask();
        if (!ownership.fits(mask, SceneGenerator.MIN_VISIBLE)) {
            return false;
        }
        if (dice.chance(0.4)) {
            sprite.drawShadow(graphics, dice.between(1.5, 4));
        }
        sprite.draw(graphics);
        ownership.addObject(mask);
        return true;
    }

    /** Puts something that is no object, unless it would hide an object too much. */
    void put(Shape outline, double minSize, double maxSize) {
        Sprite sprite = sprite(outline, minSize, maxSize);
        Sprite.Mask mask = sprite.mask();
        if (ownership.fits(mask, SceneGenerator.MIN_VISIBLE)) {
            sprite.draw(graphics);
            ownership.cover(mask);
        }
    }

    /** Any place, surface and lean; small sizes as likely as large ones. */
    private Sprite sprite(Shape outline, double minSize, double maxSize) {
        double radius = minSize * Math.pow(maxSize / minSize, dice.between(0.0, 1.0)) / 2;
        double x = dice.between(0.0, options.width());
        double y = dice.between(0.0, options.height());
        double squeeze = dice.between(0.85, 1.18);
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.rotate(Math.toRadians(dice.between(-options.maxTurn(), options.maxTurn())));
        place.scale(radius * squeeze, radius / squeeze);
        Color colour = dice.colourAgainst(at(x, y));
        Color second =
                dice.chance(0.5) ? Dice.shade(colour, dice.chance(0.5) ? 0.6 : -0.6) : dice.colourAgainst(colour);
        Color edge = dice.chance(0.35) ? Dice.shade(colour, dice.chance(0.7) ? -0.6 : 0.6) : null;
        return new Sprite(outline, place, dice.one(Texture.values()).paint(colour, second, dice), edge);
    }

    private Color at(double x, double y) {
        int column = Math.min((int) x, image.width() - 1);
        int row = Math.min((int) y, image.height() - 1);
        return new Color(image.pixels()[row * image.width() + column]);
    }
}
