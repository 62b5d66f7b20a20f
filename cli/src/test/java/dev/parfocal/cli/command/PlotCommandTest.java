package dev.parfocal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.cli.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlotCommandTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "focal --set gamma=0,0.5,1,2,5",
                "distribution_focal",
                "softmax_focal --set classes=4",
                "ciou iou"
            })
    void everyKindOfLossIsDrawn(String line) throws Exception {
        Path file = folder.resolve("picture.svg");

        Run run = Run.of((Object[]) ("plot " + line + " --output " + file).split(" "));

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo(file + "\n");
        var svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        assertThat(svg.getElementsByTagName("polyline").getLength()).isGreaterThan(20);
        assertThat(Files.readString(file)).contains(">value<", ">gradient<").doesNotContain("NaN", "Infinity");
    }

    @Test
    void everyClassHasACurve() throws Exception {
        Path file = folder.resolve("classes.svg");
        assertThat(Run.of("plot", "focal", "--set", "alpha=[0.25,0.5,0.75]", "--output", file)
                        .code())
                .isZero();
        assertThat(Files.readString(file)).contains("class 0", "class 1", "class 2");
    }

    @Test
    void itPaintsPng() throws Exception {
        Path file = folder.resolve("picture.png");
        assertThat(Run.of("plot", "quality_focal", "--at", "target=1,0.6,0", "--output", file)
                        .code())
                .isZero();
        assertThat(ImageIO.read(file.toFile()).getWidth()).isGreaterThan(2000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "focal giou | focal and giou have different inputs, so their curves cannot stand in one plot",
                "focal --set gamma=0,9 | focal: gamma = 9 is outside its range [0, 5]",
                "focal --set gamma=0,,1 | gamma=: '' is not a number",
                "focal --set alpha=[0.5,2] | focal: alpha = 2 is outside its range [0, 1]",
                "focal --set alpha=[0.5 | alpha=[0.5: a number for each class is written as alpha=[0.25, 0.5]",
                "focal --at tarrget=1 | focal is given no 'tarrget'; it is given target",
                "focal --at target=2 | focal: target = 2 is outside [0, 1]",
                "focal --output x.gif | x.gif: a picture's name ends with .svg or .png",
            })
    void whatCannotBeDrawnIsRefusedInOneLine(String line, String message) {
        String output = line.contains("--output") ? "" : " --output " + folder.resolve("x.svg");

        Run run = Run.of((Object[]) ("plot " + line + output).split(" "));

        assertThat(run.err()).isEqualTo("parfocal plot: " + message + "\n");
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(folder).isEmptyDirectory();
    }
}
