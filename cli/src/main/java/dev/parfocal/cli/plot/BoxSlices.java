package dev.parfocal.cli.plot;

import dev.parfocal.cli.plot.Slice.Way;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Loss;
import java.util.List;

/** Slices of box losses: the predicted box is moved, enlarged or stretched against a target of 3 by 2 around the origin. */
final class BoxSlices {

    private static final double WIDTH = 3;
    private static final double HEIGHT = 2;
    private static final double LN2 = Math.log(2);

    private BoxSlices() {}

    static List<Slice> of(Loss loss) {
        if (loss.predicted().size() == 5 && loss.given().size() == 5) {
            return RotatedSlices.of();
        }
        if (loss.predicted().size() != 4 || loss.given().size() != 4) {
            throw new ParfocalException(
                    loss.name() + ": box losses are plotted for corners, x1, y1, x2, y2 against four "
                            + "given ones, or for x, y, w, h, angle against five; this one has "
                            + loss.predicted().size() + " predicted and "
                            + loss.given().size() + " given numbers");
        }
        double[] target = {-WIDTH / 2, -HEIGHT / 2, WIDTH / 2, HEIGHT / 2};
        return List.of(
                new Slice("moved to the side", "shift, in widths of the target", -1.5, 1.5, shift(), target),
                new Slice("enlarged", "log\u2082 of the side, relative to the target", -2, 2, scale(1), target),
                new Slice("stretched", "log\u2082 of width, and of 1 / height", -2, 2, scale(-1), target));
    }

    private static Way shift() {
        return new Way() {
            @Override
            public double[] at(double shift) {
                double x = shift * WIDTH;
                return new double[] {x - WIDTH / 2, -HEIGHT / 2, x + WIDTH / 2, HEIGHT / 2};
            }

            @Override
            public double[] direction(double shift) {
                return new double[] {WIDTH, 0, WIDTH, 0};
            }
        };
    }

    /** Width times 2^t; height times 2^t (power 1) or 2^-t (power -1). */
    private static Way scale(int power) {
        return new Way() {
            @Override
            public double[] at(double t) {
                double x = WIDTH / 2 * Math.pow(2, t);
                double y = HEIGHT / 2 * Math.pow(2, power * t);
                return new double[] {-x, -y, x, y};
            }

            @Override
            public double[] direction(double t) {
                double[] box = at(t);
                return new double[] {LN2 * box[0], LN2 * power * box[1], LN2 * box[2], LN2 * power * box[3]};
            }
        };
    }
}
