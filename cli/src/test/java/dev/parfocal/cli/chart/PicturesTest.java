package dev.parfocal.cli.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class PicturesTest {

    @TempDir
    Path folder;

    @Test
    void anSvgIsWellFormedAndHoldsEveryTextAndCurve() throws Exception {
        Document svg = parse(Pictures.svg(figure("a < b & \"c\"", 5)));

        assertThat(svg.getDocumentElement()
                        .getElementsByTagName("title")
                        .item(0)
                        .getTextContent())
                .isEqualTo("a < b & \"c\"");
        assertThat(texts(svg)).contains("gamma = 0", "gamma = 4", "positive", "logit", "value", "\u22122", "0", "2");
        assertThat(dashedOrThick(svg))
                .as("five curves in four panels and their samples in the legend")
                .isEqualTo(5 * 4 + 5);
    }

    @Test
    void aCurveHasAGapWhereItIsNotFinite() throws Exception {
        double[] x = {0, 1, 2, 3, 4};
        double[] y = {0, 1, Double.NaN, 1, 0};
        Panel panel = new Panel("", "x", "y", List.of(new Curve(0, x, y)));
        Figure figure = new Figure("gap", "", List.of("one"), List.of(new Figure.Row(false, List.of(panel))));

        assertThat(dashedOrThick(parse(Pictures.svg(figure)))).isEqualTo(2);
    }

    @Test
    void aPngIsTwiceTheScenesSize() throws Exception {
        Figure figure = figure("png", 3);
        Scene scene = FigureLayout.layOut(figure);
        Path file = folder.resolve("deep/er/figure.PNG");

        Pictures.write(figure, file);

        var image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo((int) Math.ceil(2 * scene.width()));
        assertThat(image.getHeight()).isEqualTo((int) Math.ceil(2 * scene.height()));
        try (var files = Files.list(folder.resolve("deep/er"))) {
            assertThat(files).as("no part file is left").containsExactly(file);
        }
    }

    @Test
    void withoutFontsTextIsDrawnWithAPen() {
        Scene scene = FigureLayout.layOut(figure("No fonts here", 2));

        var withFonts = PngPainter.paint(scene, Lettering.FONT);
        var withPen = PngPainter.paint(scene, Lettering.STROKES);

        assertThat(darkPixelsInTitle(withPen)).isBetween(500, 20_000);
        assertThat(darkPixelsInTitle(withFonts)).isBetween(500, 20_000);
    }

    private static int darkPixelsInTitle(java.awt.image.BufferedImage image) {
        int dark = 0;
        for (int y = 40; y < 90; y++) {
            for (int x = 40; x < 600; x++) {
                dark += (image.getRGB(x, y) & 255) < 128 ? 1 : 0;
            }
        }
        return dark;
    }

    @Test
    void anotherEndingIsRefused() {
        assertThatThrownBy(() -> Pictures.write(figure("x", 1), folder.resolve("x.gif")))
                .isInstanceOf(ParfocalException.class)
                .hasMessageEndingWith("x.gif: a picture's name ends with .svg or .png");
    }

    private static Figure figure(String title, int curves) {
        List<Curve> left = new ArrayList<>();
        List<Curve> right = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int k = 0; k < curves; k++) {
            double[] x = new double[201];
            double[] y = new double[201];
            double[] z = new double[201];
            for (int i = 0; i < x.length; i++) {
                x[i] = -6 + i * 0.06;
                double p = 1 / (1 + Math.exp(-x[i]));
                y[i] = -Math.pow(1 - p, k) * Math.log(p);
                z[i] = -Math.pow(p, k) * Math.log(1 - p);
            }
            left.add(new Curve(k, x, y));
            right.add(new Curve(k, x, z));
            names.add("gamma = " + k);
        }
        Panel positive = new Panel("positive", "logit", "value", left);
        Panel negative = new Panel("negative", "logit", "value", right);
        return new Figure(
                title,
                "Lin et al., ICCV 2017",
                names,
                List.of(
                        new Figure.Row(true, List.of(positive, negative)),
                        new Figure.Row(true, List.of(positive, negative))));
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(Document svg) {
        List<String> texts = new ArrayList<>();
        var nodes = svg.getElementsByTagName("text");
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    private static long dashedOrThick(Document svg) {
        var nodes = svg.getElementsByTagName("polyline");
        long curves = 0;
        for (int i = 0; i < nodes.getLength(); i++) {
            curves += ((Element) nodes.item(i)).getAttribute("stroke-width").equals("2") ? 1 : 0;
        }
        return curves;
    }
}
