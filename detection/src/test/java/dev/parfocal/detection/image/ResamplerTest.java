package dev.parfocal.detection.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.box.Fit;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

    /** Black, with a white rectangle. */
    private static RgbImage rectangle(int width, int height, int x1, int y1, int x2, int y2) {
        RgbImage image = RgbImage.filled(width, height, 0);
        for (int y = y1; y < y2; y++) {
            Arrays.fill(image.pixels(), y * width + x1, y * width + x2, 0xffffff);
        }
        return image;
    }

    /** The box of the pixels that are bright. */
    private static Box bright(RgbImage image) {
        Box box = null;
        for (int i = 0; i < image.pixels().length; i++) {
            if ((image.pixels()[i] & 255) > 190) {
                Box pixel = Box.ofXywh(i % image.width(), (double) (i / image.width()), 1, 1);
                box = box == null
                        ? pixel
                        : new Box(
                                Math.min(box.x1(), pixel.x1()),
                                Math.min(box.y1(), pixel.y1()),
                                Math.max(box.x2(), pixel.x2()),
                                Math.max(box.y2(), pixel.y2()));
            }
        }
        assertThat(box).isNotNull();
        return box;
    }

    @ParameterizedTest
    @CsvSource({"1,1", "7,3", "20,10", "33,64", "200,5"})
    void aPictureOfOneColourStaysSo(int width, int height) {
        assertThat(Resampler.resize(RgbImage.filled(20, 10, 0x12fe80), width, height))
                .isEqualTo(RgbImage.filled(width, height, 0x12fe80));
    }

    @Test
    void aPictureOfTheSameSizeIsLeftAsItIs() {
        RgbImage image = rectangle(20, 10, 3, 3, 9, 9);
        assertThat(Resampler.resize(image, 20, 10)).isSameAs(image);
    }

    @Test
    void shrinkingKeepsTheMeanLevel() {
        SplittableRandom random = new SplittableRandom(1);
        RgbImage noise = new RgbImage(
                64, 64, random.ints(64 * 64, 0, 256).map(v -> v * 0x10101).toArray());
        double before =
                Arrays.stream(noise.pixels()).map(p -> p & 255).average().orElseThrow();
        double after = Arrays.stream(Resampler.resize(noise, 16, 16).pixels())
                .map(p -> p & 255)
                .average()
                .orElseThrow();
        assertThat(after).isCloseTo(before, within(2.0));
    }

    @ParameterizedTest
    @CsvSource({"STRETCH,64,64", "LETTERBOX,64,64", "LETTERBOX,200,90", "STRETCH,300,150", "LETTERBOX,41,99"})
    void theWayBackFindsTheRectangle(Fit fit, int width, int height) {
        Box truth = new Box(24, 18, 90, 60);
        Resampler.Fitted fitted = Resampler.fit(rectangle(120, 80, 24, 18, 90, 60), fit, width, height);
        assertThat(fitted.image().width()).isEqualTo(width);
        assertThat(fitted.image().height()).isEqualTo(height);
        Box found = fitted.placement().inverse().apply(bright(fitted.image()));
        assertThat(found.iou(truth)).isGreaterThan(0.9);
    }

    @Test
    void aLetterboxIsSurroundedWithGrey() {
        RgbImage image = Resampler.fit(RgbImage.filled(20, 10, 0xffffff), Fit.LETTERBOX, 40, 40)
                .image();
        assertThat(image.pixels()[9 * 40]).isEqualTo(Resampler.FILL);
        assertThat(image.pixels()[10 * 40]).isEqualTo(0xffffff);
        assertThat(image.pixels()[29 * 40 + 39]).isEqualTo(0xffffff);
        assertThat(image.pixels()[30 * 40]).isEqualTo(Resampler.FILL);
    }

    @Test
    void halvingTakesMeans() {
        RgbImage image = new RgbImage(3, 2, new int[] {0x040000, 0x080000, 0x0000ff, 0x0c0000, 0x100000, 0x0000ff});
        assertThat(image.halved()).isEqualTo(new RgbImage(2, 1, new int[] {0x0a0000, 0x0000ff}));
    }

    @Test
    void planesReadBack() {
        RgbImage image = new RgbImage(2, 2, new int[] {0x000000, 0xffffff, 0x123456, 0xfe01c8});
        float[] planes = new float[5 + 12];
        Planes.write(image, Normalization.STANDARD, planes, 5);
        assertThat(planes[5]).isEqualTo(-2f);
        assertThat(planes[6]).isCloseTo(2f, within(1e-6f));
        assertThat(Planes.read(planes, 5, 2, 2, Normalization.STANDARD)).isEqualTo(image);
    }
}
