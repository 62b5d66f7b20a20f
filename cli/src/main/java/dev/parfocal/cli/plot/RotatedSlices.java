package dev.parfocal.cli.plot;

import java.util.List;
import java.util.function.DoubleFunction;

/** Slices of losses of rotated boxes: the predicted box is moved, enlarged or turned against a target of 3 by 2. */
final class RotatedSlices {

    private static final double WIDTH = 3;
    private static final double HEIGHT = 2;
    private static final double LN2 = Math.log(2);

    private RotatedSlices() {}

    static List<Slice> of() {
        double[] target = {0, 0, WIDTH, HEIGHT, 0};
        return List.of(
                new Slice(
                        "moved to the side",
                        "shift, in widths of the target",
                        -1.5,
                        1.5,
                        way(t -> new double[] {t * WIDTH, 0, WIDTH, HEIGHT, 0}, t -> new double[] {WIDTH, 0, 0, 0, 0}),
                        target),
                new Slice(
                        "enlarged",
                        "log\u2082 of the side, relative to the target",
                        -2,
                        2,
                        way(t -> new double[] {0, 0, WIDTH * Math.pow(2, t), HEIGHT * Math.pow(2, t), 0}, t ->
                                new double[] {0, 0, LN2 * WIDTH * Math.pow(2, t), LN2 * HEIGHT * Math.pow(2, t), 0}),
                        target),
                new Slice(
                        "turned",
                        "angle, in radians",
                        -Math.PI,
                        Math.PI,
                        way(t -> new double[] {0, 0, WIDTH, HEIGHT, t}, t -> new double[] {0, 0, 0, 0, 1}),
                        target));
    }

    private static Slice.Way way(DoubleFunction<double[]> at, DoubleFunction<double[]> direction) {
        return new Slice.Way() {
            @Override
            public double[] at(double position) {
                return at.apply(position);
            }

            @Override
            public double[] direction(double position) {
                return direction.apply(position);
            }
        };
    }
}
