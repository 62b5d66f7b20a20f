package dev.parfocal.detection.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.box.Fit;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.image.Normalization;
import dev.parfocal.detection.image.Planes;
import dev.parfocal.detection.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MosaicTest {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final int OFFSET = 5;
    private static final Frame FRAME = new Frame(WIDTH, HEIGHT, Fit.STRETCH, Normalization.NONE);
    private static final int[] BACKGROUNDS = {0x200000, 0x002000, 0x000020, 0x202020};
    private static final Mosaic MOSAIC = new Mosaic(Augmentation.none(), 0.6, 1.2);

    /** Each of a colour of its own, with nine squares in a brighter one; the label is the picture's place. */
    private static List<Picture> pictures() {
        List<Picture> pictures = new ArrayList<>();
        for (int place = 0; place < Mosaic.PICTURES; place++) {
            RgbImage image = RgbImage.filled(120, 120, BACKGROUNDS[place]);
            List<Annotation> objects = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                int left = 10 + 40 * (i % 3);
                int top = 10 + 40 * (i / 3);
                for (int pixel = 0; pixel < 400; pixel++) {
                    image.pixels()[(top + pixel / 20) * 120 + left + pixel % 20] = 7 * BACKGROUNDS[place];
                }
                objects.add(Annotation.of(new Box(left, top, left + 20, top + 20), place));
            }
            pictures.add(new Picture(image, objects));
        }
        return pictures;
    }

    private record Drawn(RgbImage image, List<Annotation> objects) {}

    private static Drawn draw(Mosaic mosaic, long seed) {
        float[] planes = new float[OFFSET + FRAME.size()];
        List<Annotation> objects = mosaic.draw(pictures(), FRAME, seed, planes, OFFSET);
        return new Drawn(Planes.read(planes, OFFSET, WIDTH, HEIGHT, Normalization.NONE), objects);
    }

    @Test
    void everyObjectIsWhereItsColourIs() {
        for (int seed = 0; seed < 20; seed++) {
            Drawn drawn = draw(MOSAIC, seed);
            assertThat(drawn.objects().stream().map(Annotation::label).distinct())
                    .hasSize(4);
            for (Annotation object : drawn.objects()) {
                Box box = object.box();
                int x = (int) ((box.x1() + box.x2()) / 2);
                int y = (int) ((box.y1() + box.y2()) / 2);
                assertThat(drawn.image().pixels()[y * WIDTH + x] & 0xffffff)
                        .as("seed %d, %s", seed, object)
                        .isEqualTo(7 * BACKGROUNDS[object.label()]);
                assertThat(object.area()).isCloseTo(box.area(), within(1e-6));
            }
        }
    }

    @Test
    void picturesMeetInOnePointAndKeepTheirPlaces() {
        Drawn drawn = draw(new Mosaic(Augmentation.none(), 1, 1), 3);
        assertThat(corner(drawn, 0, 0)).isEqualTo(BACKGROUNDS[0]);
        assertThat(corner(drawn, WIDTH - 1, 0)).isEqualTo(BACKGROUNDS[1]);
        assertThat(corner(drawn, 0, HEIGHT - 1)).isEqualTo(BACKGROUNDS[2]);
        assertThat(corner(drawn, WIDTH - 1, HEIGHT - 1)).isEqualTo(BACKGROUNDS[3]);
    }

    /** The colour at a pixel, a square's as its background's. */
    private static int corner(Drawn drawn, int x, int y) {
        int rgb = drawn.image().pixels()[y * WIDTH + x] & 0xffffff;
        return rgb % 7 == 0 && rgb > 0x202020 ? rgb / 7 : rgb;
    }

    @Test
    void oneSeedGivesOneMosaic() {
        Augmentation changes = Augmentation.standard(true);
        Mosaic mosaic = new Mosaic(new Augmentation(List.of(), changes.tints(), 0.3), 0.5, 1);
        assertThat(draw(mosaic, 8)).isEqualTo(draw(mosaic, 8)).isNotEqualTo(draw(mosaic, 9));
    }

    @Test
    void zoomsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Mosaic(Augmentation.none(), 1, 0.5))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("largest zoom in a mosaic");
    }
}
