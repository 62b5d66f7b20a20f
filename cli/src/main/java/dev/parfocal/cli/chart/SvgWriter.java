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
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Writes a scene as SVG 1.1: a document that needs nothing beside it, or a part of a page that has the colours. */
final class SvgWriter {

    private static final String FONTS = "Helvetica, Arial, 'DejaVu Sans', 'Liberation Sans', sans-serif";

    private final StringBuilder svg = new StringBuilder();
    private final IntFunction<String> paint;
    private final String ground;
    private final boolean isInline;
    private int clips;

    private SvgWriter(IntFunction<String> paint, String ground, boolean isInline) {
        this.paint = paint;
        this.ground = ground;
        this.isInline = isInline;
    }

    /** The document, as text to be written in UTF-8. */
    static String write(Scene scene) {
        SvgWriter writer = new SvgWriter(SvgWriter::color, "#ffffff", false);
        writer.document(scene);
        return writer.svg.toString();
    }

    /**
     * The scene as an element of a page. The colours of {@link Style} become the page's variables, {@code var(--chart-text)}
     * and the like, so that it can have a light and a dark form; no id is used, so that any number may stand on one page.
     *
     * @param description what it shows, for those who cannot see it; empty if they need not know
     */
    static String inline(Scene scene, String description) {
        SvgWriter writer = new SvgWriter(Style::variable, "var(--chart-ground)", true);
        writer.element(scene, description);
        return writer.svg.toString();
    }

    private void element(Scene scene, String description) {
        String size = pixels(scene.width()) + " " + pixels(scene.height());
        String words = description.isEmpty()
                ? "aria-hidden=\"true\""
                : "role=\"img\" aria-label=\"" + escape(description) + "\"";
        line(
                "<svg class=\"chart\" viewBox=\"0 0 %s\" width=\"%s\" height=\"%s\" %s>",
                size, pixels(scene.width()), pixels(scene.height()), words);
        if (!description.isEmpty()) {
            line("<title>%s</title>", escape(scene.title()));
        }
        scene.marks().forEach(this::mark);
        line("</svg>");
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
                    paint.apply(label.color()),
                    escape(label.text()));
        } else if (mark instanceof Upwards text) {
            line(
                    "<text transform=\"translate(%s %s) rotate(-90)\" font-size=\"%s\" text-anchor=\"middle\""
                            + " fill=\"%s\">%s</text>",
                    pixels(text.x()),
                    pixels(text.y()),
                    pixels(text.size()),
                    paint.apply(text.color()),
                    escape(text.text()));
        } else if (mark instanceof Patch patch) {
            line(
                    "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>",
                    pixels(patch.x()),
                    pixels(patch.y()),
                    pixels(patch.width()),
                    pixels(patch.height()),
                    paint.apply(patch.color()));
        } else if (mark instanceof Disc disc) {
            line(
                    "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\" stroke=\"%s\" stroke-width=\"0.8\"/>",
                    pixels(disc.x()), pixels(disc.y()), pixels(disc.radius()), paint.apply(disc.color()), ground);
        } else if (mark instanceof Clip clip) {
            if (isInline) {
                window(clip);
            } else {
                clip(clip);
            }
        }
    }

    /** A drawing within the drawing shows nothing beyond its edges. */
    private void window(Clip clip) {
        String x = pixels(clip.x());
        String y = pixels(clip.y());
        String width = pixels(clip.width());
        String height = pixels(clip.height());
        line(
                "<svg x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" viewBox=\"%s %s %s %s\">",
                x, y, width, height, x, y, width, height);
        clip.marks().forEach(this::mark);
        line("</svg>");
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

    private String stroke(Stroke stroke) {
        String dashes = dashes(stroke.dashes());
        return String.format(
                Locale.ROOT,
                "stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\"%s",
                paint.apply(stroke.color()),
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
