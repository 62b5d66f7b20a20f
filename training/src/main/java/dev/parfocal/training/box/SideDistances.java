package dev.parfocal.training.box;

import dev.parfocal.detection.assign.Priors;
import java.util.List;

/** What codes by distances share: coordinates are left, top, right, bottom from the prior's centre, in strides. */
final class SideDistances {
    static final List<String> NAMES = List.of("left", "top", "right", "bottom");

    private SideDistances() {}

    /** The distances to a box's sides, brought into [0, reach]. */
    static void encode(Priors priors, int prior, float[] box, int at, float[] distances, int to, float reach) {
        for (int side = 0; side < 4; side++) {
            float centre = side % 2 == 0 ? priors.x(prior) : priors.y(prior);
            float corner = (box[at + side] - centre) / priors.stride()[prior];
            distances[to + side] = Math.max(0, Math.min(reach, side < 2 ? -corner : corner));
        }
    }

    /** Decoded distances: corners are the same numbers with a sign. */
    abstract static class Decoded implements BoxCode.Decoded {

        /** The chain rule of one side: adds to the raw numbers of its coordinate, from {@code at} on. */
        abstract void backward(int side, float upstream, float[] raw, int at);

        abstract int bins();

        @Override
        public float corner(int row, int label, int index) {
            float distance = coordinate(row, label, index);
            return index < 2 ? -distance : distance;
        }

        @Override
        public void backwardCorners(int row, int label, float[] upstream, int from, float[] raw, int at) {
            for (int side = 0; side < 4; side++) {
                float slope = upstream[from + side];
                backward(4 * row + side, side < 2 ? -slope : slope, raw, at + side * bins());
            }
        }

        @Override
        public void backwardCoordinates(int row, int label, float[] upstream, int from, float[] raw, int at) {
            for (int side = 0; side < 4; side++) {
                backward(4 * row + side, upstream[from + side], raw, at + side * bins());
            }
        }
    }
}
