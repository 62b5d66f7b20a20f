package dev.parfocal.training.guard;

import dev.parfocal.core.guard.Layout;
import dev.parfocal.core.guard.Layout.Axis;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What the parts of a batch are called, so that places in it can be named.
 *
 * @param pictures the images, in the batch's order
 * @param classes by label
 */
public record BatchNames(List<Picture> pictures, List<String> classes) {
    /** Dimensions of a sequence of tokens. */
    private static final int SEQUENCE = 3;

    private static final List<String> COLOURS = List.of("red", "green", "blue");

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

    /** Of planes {@code [images, 3, height, width]}. */
    Layout planes(int height, int width) {
        return Layout.of(images(), Axis.of("colour", COLOURS), Axis.of("y", height), Axis.of("x", width));
    }

    /** Of a number for each class of each image: {@code [images, classes]}. */
    Layout answers() {
        return Layout.of(images(), Axis.of("class", classes));
    }

    /**
     * Of a layer's output: feature maps {@code [images, channels, height, width]}, sequences {@code [images, tokens, channels]}
     * or lists {@code [images, channels]}. What does not begin with the batch's images, such as the regions of a two-stage
     * detector, has rows.
     */
    Layout layer(Tensor output) {
        int first = output.size(0);
        List<String> names =
                output.shape().length == SEQUENCE ? List.of("token", "channel") : List.of("channel", "y", "x");
        List<Axis> axes = new ArrayList<>(List.of(first == pictures.size() ? images() : Axis.of("row", first)));
        for (int i = 1; i < output.shape().length; i++) {
            axes.add(Axis.of(names.get(i - 1), output.size(i)));
        }
        return new Layout(axes);
    }

    Axis images() {
        return new Axis(pictures.size(), this::picture);
    }
}
