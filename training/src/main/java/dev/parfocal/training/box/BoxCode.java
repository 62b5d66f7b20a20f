package dev.parfocal.training.box;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.engine.Tensor;
import java.util.List;

/**
 * How a model's numbers stand for boxes, in two steps: its raw numbers give four <i>coordinates</i> (distances to the
 * sides, deltas, or centre and size), and these, with the prior, give the four <i>corners</i>.
 *
 * <p>Corners are x1, y1, x2, y2 relative to the prior's centre, in units of the prior's stride. A row is a prior of the
 * batch ({@link PriorBatch}); its raw numbers are {@link #length()} consecutive floats.
 */
public interface BoxCode {

    /** The names of the four coordinates. */
    List<String> coordinates();

    /** Raw numbers of one coordinate: the bins of a distribution, 1 for a plain number. */
    default int bins() {
        return 1;
    }

    /** Raw numbers of a row. */
    default int length() {
        return 4 * bins();
    }

    /**
     * Where the four coordinates for a class begin among the numbers of a row; {@code 4 · bins} of them follow. 0 for a
     * code whose boxes are the same for every class.
     */
    default int offset(int label) {
        return 0;
    }

    /**
     * Decodes all rows.
     *
     * @param raw row-major, {@link #length()} numbers a row
     */
    Decoded decode(Tensor raw, PriorBatch priors);

    /**
     * The coordinates at which a prior's corners are those of a box, brought into the range that can be learnt.
     *
     * @param box x1, y1, x2, y2 in pixels, from {@code at} on
     * @param coordinates receives four numbers from {@code to} on
     */
    void encode(Priors priors, int prior, float[] box, int at, float[] coordinates, int to);

    /** Decoded rows; valid while the engine's scope is open in which they were decoded, and only there. */
    interface Decoded {

        /** A coordinate, 0 to 3, of a row's box for a class. */
        float coordinate(int row, int label, int index);

        /** A corner's number, 0 to 3: x1, y1, x2, y2 relative to the prior's centre, in strides. */
        float corner(int row, int label, int index);

        /** Whether boxes are distributions, so that it is known how sure the model is of each side. */
        default boolean hasDeviations() {
            return false;
        }

        /** The standard deviation of a side, 0 to 3 as of corners, in strides; only of distributions. */
        default float deviation(int row, int side) {
            throw new IllegalStateException("boxes that are no distributions have no deviations");
        }

        /**
         * The chain rule from corners to raw numbers: adds to {@code 4 · bins} numbers from {@code at} on.
         *
         * @param upstream derivatives by the four corners, from {@code from} on
         */
        void backwardCorners(int row, int label, float[] upstream, int from, float[] raw, int at);

        /** The chain rule from coordinates to raw numbers; as {@link #backwardCorners}. */
        void backwardCoordinates(int row, int label, float[] upstream, int from, float[] raw, int at);
    }
}
