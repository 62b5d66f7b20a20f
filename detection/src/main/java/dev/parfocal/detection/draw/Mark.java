package dev.parfocal.detection.draw;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.SideDeviations;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A box to draw.
 *
 * @param label decides the colour
 * @param text written at the box; may be empty
 * @param deviations bands of this width are drawn on both sides of each side; absent: none are
 */
public record Mark(
        Box box,
        int label,
        String text,
        Style style,
        @Nullable SideDeviations deviations) {

    /** A box without bands. */
    public Mark(Box box, int label, String text, Style style) {
        this(box, label, text, style, null);
    }

    /** The same with bands where they are known. */
    public Mark with(@Nullable SideDeviations known) {
        return new Mark(box, label, text, style, known);
    }

    /** How a box is drawn. */
    public enum Style {
        /** A solid line, the text on a filled ground. */
        PREDICTION,
        /** A dashed line, thin, the text on a dark ground. */
        TRUTH
    }

    /** A detection with its category and score in percent: "disc 87". */
    public static Mark of(Detection detection, List<Category> categories) {
        String name = categories.get(detection.label()).name();
        String text = String.format(Locale.ROOT, "%s %.0f", name, 100 * detection.score());
        return new Mark(detection.box(), detection.label(), text, Style.PREDICTION);
    }

    /** A true object with its category. */
    public static Mark of(Annotation annotation, List<Category> categories) {
        String text = categories.get(annotation.label()).name() + (annotation.crowd() ? " (crowd)" : "");
        return new Mark(annotation.box(), annotation.label(), text, Style.TRUTH);
    }
}
