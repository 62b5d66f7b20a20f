package dev.parfocal.detection.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.box.Fit;
import dev.parfocal.detection.box.Placement;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.image.Normalization;
import dev.parfocal.detection.image.Planes;
import dev.parfocal.detection.image.RgbImage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AugmentationTest {

    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final Frame FRAME = new Frame(WIDTH, HEIGHT, Fit.STRETCH, Normalization.NONE);
    private static final Box BRIGHT = new Box(20, 16, 52, 40);

    private static RgbImage noise(int width, int height) {
        SplittableRandom random = new SplittableRandom(2);
        return new RgbImage(
                width, height, random.ints((long) width * height, 0, 0x1000000).toArray());
    }

    /** Black, with {@link #BRIGHT} white. */
    private static RgbImage rectangle() {
        RgbImage image = RgbImage.filled(WIDTH, HEIGHT, 0);
        for (int y = (int) BRIGHT.y1(); y < BRIGHT.y2(); y++) {
            Arrays.fill(image.pixels(), y * WIDTH + (int) BRIGHT.x1(), y * WIDTH + (int) BRIGHT.x2(), 0xffffff);
        }
        return image;
    }

    private static Augmentation moves(Move... moves) {
        return new Augmentation(List.of(moves), List.of(), 0);
    }

    private record Drawn(RgbImage image, Augmentation.View view) {}

    private static Drawn draw(
            Augmentation augmentation, RgbImage image, Frame frame, long seed, Annotation... objects) {
        float[] planes = new float[7 + frame.size()];
        Augmentation.View view = augmentation.draw(image, List.of(objects), frame, seed, planes, 7);
        return new Drawn(Planes.read(planes, 7, frame.width(), frame.height(), frame.normalization()), view);
    }

    @Test
    void withoutMovesThePictureAndItsBoxesStay() {
        RgbImage image = noise(WIDTH, HEIGHT);
        Annotation object = new Annotation(BRIGHT, 3, true, 99);
        Drawn drawn = draw(Augmentation.none(), image, FRAME, 1, object);
        assertThat(drawn.image()).isEqualTo(image);
        assertThat(drawn.view().annotations()).containsExactly(object);
        assertThat(drawn.view().placement()).isEqualTo(Placement.identity());
    }

    @Test
    void aFlipMirrorsEveryPixelAndTwiceIsNone() {
        RgbImage image = noise(WIDTH, HEIGHT);
        Move across = new Move.HorizontalFlip(1);
        Move down = new Move.VerticalFlip(1);
        RgbImage flipped = draw(moves(across), image, FRAME, 1).image();
        RgbImage turned = draw(moves(across, down), image, FRAME, 1).image();
        for (int i = 0; i < image.pixels().length; i++) {
            int x = i % WIDTH;
            int y = i / WIDTH;
            assertThat(flipped.pixels()[i]).isEqualTo(image.pixels()[y * WIDTH + WIDTH - 1 - x]);
            assertThat(turned.pixels()[i]).isEqualTo(image.pixels()[(HEIGHT - 1 - y) * WIDTH + WIDTH - 1 - x]);
        }
        assertThat(draw(moves(across, across), image, FRAME, 1).image()).isEqualTo(image);
        assertThat(draw(moves(down, down), image, FRAME, 1).image()).isEqualTo(image);
    }

    static Stream<Augmentation> moves() {
        return Stream.of(
                moves(new Move.HorizontalFlip(1)),
                moves(new Move.VerticalFlip(1)),
                moves(new Move.Zoom(0.5, 0.9)),
                moves(new Move.Zoom(1.1, 1.5)),
                moves(new Move.Shift(0.2)),
                moves(new Move.Crop(0.7)),
                Augmentation.standard(true));
    }

    /** The box of the pixels that are white: what is beside the picture is grey. */
    private static Box white(RgbImage image) {
        double x1 = image.width();
        double y1 = image.height();
        double x2 = 0;
        double y2 = 0;
        for (int i = 0; i < image.pixels().length; i++) {
            if ((image.pixels()[i] & 255) > 150) {
                x1 = Math.min(x1, i % image.width());
                x2 = Math.max(x2, i % image.width() + 1.0);
                y1 = Math.min(y1, (double) (i / image.width()));
                y2 = Math.max(y2, i / image.width() + 1.0);
            }
        }
        return new Box(x1, y1, x2, y2);
    }

    @ParameterizedTest
    @MethodSource("moves")
    void boxesFollowWhatTheyAreDrawnAround(Augmentation augmentation) {
        Augmentation still = new Augmentation(augmentation.moves(), List.of(), 0);
        for (Frame frame : List.of(FRAME, new Frame(48, 48, Fit.LETTERBOX, Normalization.NONE))) {
            for (int seed = 0; seed < 20; seed++) {
                Drawn drawn = draw(still, rectangle(), frame, seed, Annotation.of(BRIGHT, 0));
                Box box = drawn.view().annotations().get(0).box();
                assertThat(box.iou(white(drawn.image()))).as("seed %d", seed).isGreaterThan(0.8);
                assertThat(drawn.view().annotations().get(0).area()).isCloseTo(box.area(), within(1e-6));
            }
        }
    }

    @Test
    void objectsAreClippedAndDroppedByTheShareThatIsLeft() {
        Move half = (random, width, height) -> new Placement(1, 1, -36, 0);
        Annotation object = Annotation.of(BRIGHT, 0);
        assertThat(draw(new Augmentation(List.of(half), List.of(), 0.5), rectangle(), FRAME, 1, object)
                        .view()
                        .annotations())
                .containsExactly(Annotation.of(new Box(0, 16, 16, 40), 0));
        assertThat(draw(new Augmentation(List.of(half), List.of(), 0.51), rectangle(), FRAME, 1, object)
                        .view()
                        .annotations())
                .isEmpty();
        Move nearly = (random, width, height) -> new Placement(1, 1, -51.5, 0);
        assertThat(draw(moves(nearly), rectangle(), FRAME, 1, object).view().annotations())
                .isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameViewAndAnotherAnother() {
        RgbImage image = noise(50, 40);
        Annotation object = Annotation.of(new Box(10, 10, 40, 30), 0);
        Augmentation augmentation = Augmentation.standard(true);
        assertThat(draw(augmentation, image, FRAME, 4, object)).isEqualTo(draw(augmentation, image, FRAME, 4, object));
        assertThat(draw(augmentation, image, FRAME, 4, object))
                .isNotEqualTo(draw(augmentation, image, FRAME, 5, object));
    }

    @Test
    void seedsOfRunsEpochsAndImagesDiffer() {
        Set<Long> seeds = new HashSet<>();
        for (long run = 0; run < 5; run++) {
            for (int epoch = 0; epoch < 20; epoch++) {
                for (long image = 1; image <= 20; image++) {
                    seeds.add(Augmentation.seed(run, epoch, image));
                }
            }
        }
        assertThat(seeds).hasSize(5 * 20 * 20);
        assertThat(Augmentation.seed(1, 2, 3)).isEqualTo(Augmentation.seed(1, 2, 3));
    }

    @Test
    void coloursChangeAsTheirNamesSay() {
        RgbImage image = RgbImage.filled(4, 4, 0x6496c8);
        assertThat(warped(image, ColourMatrix.brightness(1.5))).isEqualTo(0x96e1ff);
        assertThat(warped(image, ColourMatrix.contrast(0))).isEqualTo(0x808080);
        int grey = warped(image, ColourMatrix.saturation(0));
        assertThat(grey & 255).isEqualTo(grey >> 8 & 255).isEqualTo(grey >> 16 & 255);
        assertThat(ColourMatrix.saturation(1).then(ColourMatrix.contrast(1))).isEqualTo(ColourMatrix.identity());
        assertThat(warped(image, ColourMatrix.identity())).isEqualTo(0x6496c8);
    }

    private static int warped(RgbImage image, ColourMatrix colour) {
        Frame frame = new Frame(4, 4, Fit.STRETCH, Normalization.NONE);
        float[] planes = new float[frame.size()];
        Warp.draw(image, Placement.identity(), colour, frame, planes, 0);
        return Planes.read(planes, 0, 4, 4, frame.normalization()).pixels()[5];
    }

    @Test
    void aLargePictureShrinksToItsMeanInsteadOfSingleDots() {
        RgbImage image = noise(768, 512);
        RgbImage small = draw(Augmentation.none(), image, FRAME, 1).image();
        double spread = Arrays.stream(small.pixels())
                .map(pixel -> pixel & 255)
                .mapToDouble(level -> Math.abs(level - 127.5))
                .average()
                .orElseThrow();
        assertThat(spread).isLessThan(16);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Move.HorizontalFlip(1.5))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("augmentation: the probability of a flip must be in [0.0, 1.0], not 1.5");
        assertThatThrownBy(() -> new Move.Zoom(2, 1)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new Move.Shift(Double.NaN)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new Tint.Brightness(-1)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new Augmentation(List.of(), List.of(), 2)).isInstanceOf(ParfocalException.class);
    }
}
