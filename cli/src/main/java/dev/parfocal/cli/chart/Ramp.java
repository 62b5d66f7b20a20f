package dev.parfocal.cli.chart;

/** A ramp of colours from dark to bright that the colour-blind read and that survives a grey print: viridis. */
public final class Ramp {
    /** The ramp's colours at equal distances; those between are mixed. */
    private static final int[][] STOPS = {{68, 1, 84}, {59, 82, 139}, {33, 145, 140}, {94, 201, 98}, {253, 231, 37}};

    private Ramp() {}

    /** The colour at a share of the ramp, 0xRRGGBB; shares beyond [0, 1] are taken for its ends. */
    public static int color(double share) {
        double place = Math.min(1, Math.max(0, share)) * (STOPS.length - 1);
        int stop = Math.min(STOPS.length - 2, (int) place);
        int color = 0;
        for (int channel = 0; channel < 3; channel++) {
            double from = STOPS[stop][channel];
            double to = STOPS[stop + 1][channel];
            color = color << 8 | (int) Math.round(from + (place - stop) * (to - from));
        }
        return color;
    }
}
