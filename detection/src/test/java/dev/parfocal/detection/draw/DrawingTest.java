package dev.parfocal.detection.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.image.RgbImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrawingTest {

    private static final RgbImage GREY = RgbImage.filled(120, 90, 0x808080);

    @BeforeAll
    static void withoutDisplay() {
        System.setProperty("java.awt.headless", "true");
    }

    private static Mark mark(Box box, String text, Mark.Style style) {
        return new Mark(box, 0, text, style);
    }

    /** The box of the pixels that drawing changed. */
    private static Box changed(RgbImage image) {
        int[] at = IntStream.range(0, image.pixels().length)
                .filter(i -> image.pixels()[i] != 0x808080)
                .toArray();
        assertThat(at).as("changed pixels").isNotEmpty();
        int[] x = IntStream.of(at).map(i -> i % image.width()).sorted().toArray();
        return new Box(
                x[0], (double) (at[0] / image.width()), x[x.length - 1] + 1.0, at[at.length - 1] / image.width() + 1.0);
    }

    @ParameterizedTest
    @EnumSource(Mark.Style.class)
    void anOutlineLiesOnItsBoxAndTheOriginalStays(Mark.Style style) {
        Box box = new Box(30, 20, 90, 70);
        RgbImage drawn = BoxPainter.draw(GREY, List.of(mark(box, "", style)));
        assertThat(changed(drawn).iou(box)).isGreaterThan(0.85);
        assertThat(IntStream.of(drawn.pixels())).allMatch(pixel -> pixel >>> 24 == 0);
        assertThat(drawn.level(60, 45, 0)).as("inside").isEqualTo(0x80);
        assertThat(GREY).isEqualTo(RgbImage.filled(120, 90, 0x808080));
    }

    /** A text above the top edge would be cut off, so it is moved down into the picture; likewise at the other edges. */
    @Test
    void textIsMovedInsideThePicture() {
        for (Box box : List.of(new Box(0, 0, 120, 90), new Box(100, 80, 120, 90), new Box(-40, -40, 5, 5))) {
            for (Mark.Style style : Mark.Style.values()) {
                long with = pixels(mark(box, "disc 87", style));
                long without = pixels(mark(box, "", style));
                assertThat(with - without).as("%s %s", box, style).isGreaterThan(150);
            }
        }
    }

    private static long pixels(Mark mark) {
        RgbImage drawn = BoxPainter.draw(GREY, List.of(mark));
        return IntStream.of(drawn.pixels()).filter(pixel -> pixel != 0x808080).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"größe", "ラベル", "🙂", "tab\there", "line\nbreak", "\u0000", "\ud83d"})
    void unknownCharactersShowAsBoxes(String text) {
        assertThat(pixels(mark(new Box(10, 40, 60, 80), text, Mark.Style.PREDICTION)))
                .isGreaterThan(pixels(mark(new Box(10, 40, 60, 80), "", Mark.Style.PREDICTION)));
        assertThat(new StrokeText(10).width(text)).isPositive();
    }

    @Test
    void everyPrintableCharacterHasItsOwnStrokes() {
        assertThat(IntStream.rangeClosed('!', '~').mapToObj(Strokes::of))
                .doesNotContain(Strokes.of(0x1f642))
                .doesNotHaveDuplicates();
        assertThat(Strokes.of(' ').getBounds2D().isEmpty()).isTrue();
    }

    @Test
    void marksSayWhatAndHowSure() {
        List<Category> categories = List.of(new Category(4, "disc"));
        Box box = new Box(0, 0, 1, 1);
        assertThat(Mark.of(new Detection(1, 0, box, 0.874), categories).text()).isEqualTo("disc 87");
        assertThat(Mark.of(new Annotation(box, 0, true, 1), categories).text()).isEqualTo("disc (crowd)");
        assertThat(Palette.of(3)).isEqualTo(Palette.of(11)).isNotEqualTo(Palette.of(4));
    }

    @Test
    void aSheetHoldsAllItsPictures() {
        RgbImage red = RgbImage.filled(40, 20, 0xff0000);
        RgbImage blue = RgbImage.filled(20, 40, 0x0000ff);
        RgbImage sheet = ContactSheet.of(List.of(red, blue, red), List.of("one", "two", "three"), 2, 40);
        assertThat(sheet.width()).isEqualTo(8 + 2 * 48);
        assertThat(count(sheet, 0xff0000)).isEqualTo(2 * 40 * 20);
        assertThat(count(sheet, 0x0000ff)).isEqualTo(40 * 80);
        assertThatThrownBy(() -> ContactSheet.of(List.of(), List.of(), 2, 40))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"1,400", "400,1", "3,9000"})
    void aStripDoesNotBlowUpItsSheet(int width, int height) {
        RgbImage sheet = ContactSheet.of(List.of(RgbImage.filled(width, height, 0xff0000)), List.of(), 1, 40);
        assertThat(sheet.width()).isEqualTo(8 + 48);
        assertThat(sheet.height()).isLessThanOrEqualTo(8 + 3 * 40 + 8);
        assertThat(count(sheet, 0xff0000)).isPositive();
    }

    private static long count(RgbImage image, int rgb) {
        return IntStream.of(image.pixels()).filter(pixel -> pixel == rgb).count();
    }
}
