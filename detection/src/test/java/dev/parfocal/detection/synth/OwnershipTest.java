package dev.parfocal.detection.synth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.image.RgbImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OwnershipTest {

    private static Sprite.Mask mask(int left, int top, int width, int height) {
        byte[] levels = new byte[width * height];
        Arrays.fill(levels, (byte) 255);
        return new Sprite.Mask(left, top, width, height, levels);
    }

    @Test
    void boxesAreTightAroundWhatIsStillSeen() {
        Ownership ownership = new Ownership(20, 10);
        ownership.addObject(mask(-3, 2, 8, 4));
        ownership.addObject(mask(3, 0, 4, 9));
        ownership.cover(mask(3, 0, 4, 2));
        assertThat(ownership.box(0)).isEqualTo(new Box(0, 2, 3, 6));
        assertThat(ownership.visible(0)).isEqualTo(12);
        assertThat(ownership.box(1)).isEqualTo(new Box(3, 2, 7, 9));
        assertThat(ownership.visible(1)).isEqualTo(28);
        ownership.cover(mask(0, 0, 20, 10));
        assertThat(ownership.box(1)).isNull();
    }

    @Test
    void whatWouldHideTooMuchDoesNotFit() {
        Ownership ownership = new Ownership(20, 10);
        ownership.addObject(mask(0, 0, 4, 4));
        assertThat(ownership.fits(mask(2, 0, 4, 4), 0.5)).isTrue();
        assertThat(ownership.fits(mask(1, 0, 4, 4), 0.5)).isFalse();
        assertThat(ownership.fits(mask(18, 0, 4, 4), 0.5)).isTrue();
        assertThat(ownership.fits(mask(19, 0, 4, 4), 0.5)).isFalse();
    }

    /** What the mask says is covered is what the drawing changes by half or more. */
    @Test
    void masksAreWhatIsDrawn() {
        Sprite sprite = new Sprite(
                new Rectangle2D.Double(-1, -1, 2, 2), new AffineTransform(4, 0, 0, 3, 10, 10), Color.WHITE, null);
        Sprite.Mask mask = sprite.mask();
        Ownership ownership = new Ownership(30, 20);
        ownership.addObject(mask);
        RgbImage image = RgbImage.filled(30, 20, 0);
        Graphics2D graphics = image.buffered().createGraphics();
        sprite.draw(graphics);
        graphics.dispose();
        assertThat(ownership.box(0)).isEqualTo(new Box(6, 7, 14, 13));
        assertThat(Arrays.stream(image.cleared().pixels())
                        .filter(pixel -> pixel == 0xffffff)
                        .count())
                .isEqualTo(ownership.visible(0))
                .isEqualTo(48);
    }
}
