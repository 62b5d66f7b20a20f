package dev.parfocal.training.guard;

import dev.parfocal.core.guard.Layout;
import dev.parfocal.core.guard.Layout.Axis;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.criterion.Scene;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What the parts of a batch are called, so that places in it can be named.
 *
 * @param pictures the images, in the batch's order
 * @param classes by label
 * @param points at which the model predicts in each image
 */
public record BatchNames(List<Picture> pictures, List<String> classes, Priors points) {
    private static final List<String> COLOURS = List.of("red", "green", "blue");
    private static final List<String> SIDES = List.of("left", "top", "right", "bottom");

    /** Copies the lists. */
    public BatchNames {
        pictures = List.copyOf(pictures);
        classes = List.copyOf(classes);
    }

    /**
     * An image.
     *
     * @param id in the data set
     * @param file it was read from
     */
    public record Picture(long id, String file) {}

    /** An image in words: {@code image 12 (photos/a.jpg)}. */
    public String picture(int index) {
        Picture picture = pictures.get(index);
        return "image " + picture.id() + " (" + picture.file() + ")";
    }

    /** A point of the batch in words: {@code image 12 (a.jpg), level 1 (stride 16), anchor 1300 at x 40, y 8}. */
    public String point(int number) {
        return picture(number / points.size()) + ", " + anchor(number % points.size());
    }

    private String anchor(int anchor) {
        return "level " + points.level(anchor) + " (stride " + shown(points.stride()[anchor]) + "), anchor " + anchor
                + " at x " + shown(points.x(anchor)) + ", y " + shown(points.y(anchor));
    }

    private static String shown(float pixels) {
        return pixels == Math.rint(pixels) ? Integer.toString((int) pixels) : Float.toString(pixels);
    }

    /** Of planes {@code [images, 3, height, width]}. */
    Layout planes(int height, int width) {
        return Layout.of(images(), Axis.of("colour", COLOURS), Axis.of("y", height), Axis.of("x", width));
    }

    /** Of logits {@code [images, anchors, classes]}. */
    Layout logits() {
        return Layout.of(images(), new Axis(points.size(), this::anchor), Axis.of("class", classes));
    }

    /** Of sides {@code [images, anchors, 4 · bins]}. */
    Layout sides(int bins) {
        return Layout.of(images(), new Axis(points.size(), this::anchor), Axis.of("side", SIDES), Axis.of("bin", bins));
    }

    /** Of a further output: {@code [images, anchors, numbers]}, or {@code [images, classes]}. */
    Layout branch(Tensor output) {
        return output.shape().length == 3
                ? Layout.of(images(), new Axis(points.size(), this::anchor), Axis.of("number", output.size(2)))
                : Layout.of(images(), Axis.of("class", classes));
    }

    /** What a positive point is to learn, in words: {@code object disc from x 3, y 5 to x 38, y 41}. */
    String learnt(Scene scene, int positive) {
        int image = scene.positives().point()[positive] / points.size();
        Annotation object = scene.objects().get(image).get(scene.positives().object()[positive]);
        Box box = object.box();
        return "object " + classes.get(object.label()) + " from x " + shown((float) box.x1()) + ", y "
                + shown((float) box.y1()) + " to x " + shown((float) box.x2()) + ", y " + shown((float) box.y2());
    }

    /** Of a layer's output: images first, then channels and pixels if it has them. */
    Layout layer(Tensor output) {
        List<String> names = List.of("channel", "y", "x");
        List<Axis> axes = new ArrayList<>(List.of(images()));
        for (int i = 1; i < output.shape().length; i++) {
            axes.add(Axis.of(names.get(i - 1), output.size(i)));
        }
        return new Layout(axes);
    }

    private Axis images() {
        return new Axis(pictures.size(), this::picture);
    }
}
