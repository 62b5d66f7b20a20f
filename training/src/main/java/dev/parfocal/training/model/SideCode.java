package dev.parfocal.training.model;

import dev.parfocal.training.engine.Tensor;
import java.nio.FloatBuffer;

/**
 * How the head's outputs for a side of a box encode its distance from the anchor point, in strides.
 *
 * <p>A side's outputs are {@code bins} consecutive floats; sides are numbered through all points: left, top, right,
 * bottom of the first point, then of the second.
 */
public sealed interface SideCode permits DistanceCode, DistributionCode {
    /** Outputs per side. */
    int bins();

    /** The largest distance that can be learnt. */
    float reach();

    /**
     * Decodes all sides.
     *
     * @param sides {@code [batch, anchors, 4 · bins]}, row-major
     */
    Decoded decode(Tensor sides);

    /** The code for {@code regMax}: distributions, or plain distances for 0. */
    static SideCode of(int regMax) {
        return regMax == 0 ? new DistanceCode() : new DistributionCode(regMax);
    }

    /** Decoded sides; valid while the engine's scope is open in which they were decoded, and only there. */
    interface Decoded {
        /** {@code [batch · anchors · 4]} distances in strides. */
        FloatBuffer distances();

        /**
         * The chain rule of one side: adds {@code upstream} · d(distance)/d(output) for its outputs.
         *
         * @param side number of the side
         * @param gradient receives {@code bins} numbers from {@code at} on
         */
        void backward(int side, float upstream, float[] gradient, int at);
    }
}
