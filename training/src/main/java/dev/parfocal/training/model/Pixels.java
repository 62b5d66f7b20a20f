package dev.parfocal.training.model;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.image.Normalization;
import dev.parfocal.training.engine.Tensor;
import java.util.List;

/**
 * What a model's weights expect of pixels: {@code (level - mean) / deviation}, levels in [0, 1].
 *
 * @param mean of each channel, in the model's order
 * @param deviation of each channel, positive
 * @param order of the channels
 */
public record Pixels(List<Double> mean, List<Double> deviation, Order order) {
    /** The order of channels. */
    public enum Order {
        /** Red, green, blue. */
        RGB,
        /** Blue, green, red. */
        BGR
    }

    /** That of networks trained on ImageNet by torchvision. */
    public static final Pixels IMAGENET =
            new Pixels(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225), Order.RGB);

    /** That of NanoDet. */
    public static final Pixels NANODET = new Pixels(
            List.of(103.53 / 255, 116.28 / 255, 123.675 / 255),
            List.of(57.375 / 255, 57.12 / 255, 58.395 / 255),
            Order.BGR);

    /** That of YOLOX: levels from 0 to 255. */
    public static final Pixels YOLOX =
            new Pixels(List.of(0.0, 0.0, 0.0), List.of(1.0 / 255, 1.0 / 255, 1.0 / 255), Order.BGR);

    /** Levels as they are. */
    public static final Pixels PLAIN = new Pixels(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), Order.RGB);

    /** Checks the ranges. */
    public Pixels {
        if (mean.size() != 3 || deviation.size() != 3 || deviation.stream().anyMatch(d -> !(d > 0))) {
            throw new ParfocalException("model.pixels needs three means and three positive deviations, but they are "
                    + mean + " and " + deviation);
        }
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
    }

    /** Images as views are drawn ({@link Normalization#STANDARD}, RGB) brought to what the weights expect. */
    public Tensor of(Tensor images) {
        Normalization drawn = Normalization.STANDARD;
        float[] factor = new float[3];
        float[] shift = new float[3];
        for (int i = 0; i < 3; i++) {
            factor[i] = (float) (drawn.deviation() / deviation.get(i));
            shift[i] = (float) ((drawn.mean() - mean.get(i)) / deviation.get(i));
        }
        Tensor ordered = order == Order.RGB
                ? images
                : Tensor.concatenate(
                        List.of(images.narrow(1, 2, 1), images.narrow(1, 1, 1), images.narrow(1, 0, 1)), 1);
        return ordered.times(channels(factor)).plus(channels(shift));
    }

    private static Tensor channels(float[] values) {
        Tensor tensor = Tensor.zeros(1, 3, 1, 1);
        tensor.set(values);
        return tensor;
    }
}
