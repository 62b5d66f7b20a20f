package dev.parfocal.detection.format.tool;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.file.JsonFile;
import dev.parfocal.detection.format.raw.Shapes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One result of Label Studio: a labelled shape in percent of its image, or something else that was asked of the annotator. */
final class LabelStudioShape {

    private static final List<String> NUMBERS = List.of(
            "x",
            "y",
            "width",
            "height",
            "rotation",
            "radiusX",
            "radiusY",
            "original_width",
            "original_height",
            "image_rotation");

    private final Map<String, Double> numbers = new HashMap<>();
    private final List<Double> points = new ArrayList<>();

    private @Nullable String id;
    private @Nullable String labelKey;
    private List<String> labels = List.of();

    private LabelStudioShape() {}

    /** Reads the object at hand: a result with its {@code value}, or a value with the result's fields beside its own. */
    static LabelStudioShape read(JsonFile json) {
        LabelStudioShape shape = new LabelStudioShape();
        shape.fields(json);
        return shape;
    }

    private void fields(JsonFile json) {
        json.object(field -> {
            if (json.isNull()) {
                return;
            }
            if (field.equals("value") && json.isObject()) {
                fields(json);
            } else if (NUMBERS.contains(field)) {
                numbers.put(field, json.number());
            } else if (field.endsWith("labels") && json.isArray()) {
                labelKey = field;
                labels = texts(json);
            } else if (field.endsWith("labels") && json.isText()) {
                labelKey = field;
                labels = List.of(json.text());
            } else if (field.equals("points") && json.isArray()) {
                points(json);
            } else if (field.equals("id") && json.isText()) {
                id = json.text();
            } else {
                json.skip();
            }
        });
    }

    private static List<String> texts(JsonFile json) {
        List<String> texts = new ArrayList<>();
        json.array(() -> texts.add(json.scalar()));
        return texts;
    }

    private void points(JsonFile json) {
        json.array(() -> {
            double[] point = json.numbers();
            if (point.length != 2) {
                throw json.error("a point is [x, y]; this one has " + point.length + " numbers");
            }
            points.add(point[0]);
            points.add(point[1]);
        });
    }

    /** What ties a rectangle without a label to the label given apart from it. */
    Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** Whether it has a place in the image or a label, unlike a choice or a text. */
    boolean isShape() {
        return labelKey != null || number("height") > 0;
    }

    List<String> labels() {
        return labels;
    }

    /** {@code rectangle} of {@code rectanglelabels}. */
    String kind() {
        if (labelKey == null || labelKey.equals("labels")) {
            return points.isEmpty() ? "rectangle" : "polygon";
        }
        return labelKey.substring(0, labelKey.length() - "labels".length());
    }

    boolean isRectangle() {
        return points.isEmpty() && numbers.containsKey("height") && numbers.containsKey("width");
    }

    boolean isTurned() {
        return number("rotation") != 0;
    }

    /** By how many degrees the whole image was turned while it was annotated. */
    double imageRotation() {
        return number("image_rotation");
    }

    /** The image's width in pixels; 0 if it is not told. */
    int imageWidth() {
        return (int) number("original_width");
    }

    int imageHeight() {
        return (int) number("original_height");
    }

    private double number(String field) {
        return numbers.getOrDefault(field, 0.0);
    }

    /**
     * The box around it, in pixels; empty if it encloses nothing.
     *
     * @param width of the image
     */
    Optional<Box> box(int width, int height) {
        double right = width / 100.0;
        double down = height / 100.0;
        if (points.size() >= 6) {
            double[] all = points.stream().mapToDouble(Double::doubleValue).toArray();
            return Optional.of(Shapes.around(all).scaled(right, down));
        }
        double x = number("x") * right;
        double y = number("y") * down;
        if (numbers.containsKey("radiusX") && numbers.containsKey("radiusY")) {
            return Optional.of(
                    Shapes.ellipse(x, y, number("radiusX") * right, number("radiusY") * down, number("rotation")));
        }
        return isRectangle()
                ? Optional.of(Shapes.turnedAtCorner(
                        Box.ofXywh(x, y, number("width") * right, number("height") * down), number("rotation")))
                : Optional.empty();
    }
}
