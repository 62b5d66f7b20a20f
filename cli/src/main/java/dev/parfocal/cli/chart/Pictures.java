package dev.parfocal.cli.chart;

import dev.parfocal.cli.text.OutputFile;
import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Writes figures to files. */
public final class Pictures {

    private Pictures() {}

    /** How many curves of a panel can be told apart. */
    public static int distinctStyles() {
        return Style.distinct();
    }

    /** A figure as an SVG document. */
    public static String svg(Figure figure) {
        return SvgWriter.write(FigureLayout.layOut(figure));
    }

    /**
     * Writes a figure in the format that the file's name ends with; the file appears complete or not at all.
     *
     * @throws ParfocalException if the name ends with neither {@code .svg} nor {@code .png}
     */
    public static void write(Figure figure, Path file) throws IOException {
        write(FigureLayout.layOut(figure), file);
    }

    /** The same with bars of shares. */
    public static void write(Shares shares, Path file) throws IOException {
        write(SharesLayout.layOut(shares), file);
    }

    private static void write(Scene scene, Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".svg")) {
            byte[] document = SvgWriter.write(scene).getBytes(StandardCharsets.UTF_8);
            OutputFile.write(file, stream -> stream.write(document));
        } else if (name.endsWith(".png")) {
            var image = PngPainter.paint(scene, Lettering.best());
            OutputFile.write(file, stream -> ImageIO.write(image, "png", stream));
        } else {
            throw new ParfocalException(file + ": a picture's name ends with .svg or .png");
        }
    }
}
