package dev.parfocal.cli.chart;

import dev.parfocal.cli.chart.Mark.Clip;
import dev.parfocal.cli.chart.Mark.Disc;
import dev.parfocal.cli.chart.Mark.Label;
import dev.parfocal.cli.chart.Mark.Patch;
import dev.parfocal.cli.chart.Mark.Polyline;
import dev.parfocal.cli.chart.Mark.Stroke;
import dev.parfocal.cli.chart.Mark.Upwards;
import dev.parfocal.core.language.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a scene as an SVG 1.1 document that needs nothing beside it. */
final class SvgWriter {

    private static final String FONTS = "Helvetica, Arial, 'DejaVu Sans', 'Liberation Sans', sans-serif";

    private final StringBuilder svg = new StringBuilder();
    private int clips;

    private SvgWriter() {}

    /** The document, as text to be written in UTF-8. */
    static String write(Scene scene) {
        SvgWriter writer = new SvgWriter();
        writer.document(scene);
        return writer.svg.toString();
    }

    private void document(Scene scene) {
        String size = pixels(scene.width()) + " " + pixels(scene.height());
        line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s\" role=\"img\""
                        + " font-family=\"%s\">",
                pixels(scene.width()), pixels(scene.height()), size, FONTS);
        line("<title>%s</title>", escape(scene.title()));
        line("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
        scene.marks().forEach(this::mark);
        line("</svg>");
    }

    private void mark(Mark mark) {
        if (mark instanceof Polyline polyline) {
            line("<polyline points=\"%s\" fill=\"none\" %s/>", points(polyline), stroke(polyline.stroke()));
        } else if (mark instanceof Label label) {
            line(
                    "<text x=\"%s\" y=\"%s\" font-size=\"%s\" text-anchor=\"%s\"%s fill=\"%s\">%s</text>",
                    pixels(label.x()),
                    pixels(label.y()),
                    pixels(label.size()),
                    label.anchor().name().toLowerCase(Locale.ROOT),
                    label.bold() ? " font-weight=\"bold\"" : "",
                    color(label.color()),
                    escape(label.text()));
        } else if (mark instanceof Upwards text) {
            line(
                    "<text transform=\"translate(%s %s) rotate(-90)\" font-size=\"%s\" text-anchor=\"middle\""
                            + " fill=\"%s\">%s</text>",
                    pixels(text.x()), pixels(text.y()), pixels(text.size()), color(text.color()), escape(text.text()));
        } else if (mark instanceof Patch patch) {
            line(
                    "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>",
                    pixels(patch.x()),
                    pixels(patch.y()),
                    pixels(patch.width()),
                    pixels(patch.height()),
                    color(patch.color()));
        } else if (mark instanceof Disc disc) {
            line(
                    "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\" stroke=\"#ffffff\" stroke-width=\"0.8\"/>",
                    pixels(disc.x()), pixels(disc.y()), pixels(disc.radius()), color(disc.color()));
        } else if (mark instanceof Clip clip) {
            clip(clip);
        }
    }

    private void clip(Clip clip) {
        String id = "clip" + clips++;
        line(
                "<clipPath id=\"%s\"><rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/></clipPath>",
                id, pixels(clip.x()), pixels(clip.y()), pixels(clip.width()), pixels(clip.height()));
        line("<g clip-path=\"url(#%s)\">", id);
        clip.marks().forEach(this::mark);
        line("</g>");
    }

    private static String points(Polyline line) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < line.x().length; i++) {
            points.append(i == 0 ? "" : " ")
                    .append(pixels(line.x()[i]))
                    .append(',')
                    .append(pixels(line.y()[i]));
        }
        return points.toString();
    }

    private static String stroke(Stroke stroke) {
        String dashes = dashes(stroke.dashes());
        return String.format(
                Locale.ROOT,
                "stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\"%s",
                color(stroke.color()),
                pixels(stroke.width()),
                dashes);
    }

    private static String dashes(List<Double> dashes) {
        if (dashes.isEmpty()) {
            return "";
        }
        return dashes.stream().map(SvgWriter::pixels).collect(Collectors.joining(" ", " stroke-dasharray=\"", "\""));
    }

    private static String pixels(double length) {
        return Numbers.shown(Math.rint(length * 100) / 100);
    }

    private static String color(int rgb) {
        return String.format(Locale.ROOT, "#%06x", rgb);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private void line(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
