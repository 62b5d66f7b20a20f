package dev.parfocal.cli.chart;

import dev.parfocal.cli.chart.Mark.Stroke;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Colours and dashes that stay apart for the colour-blind and in print. */
final class Style {

    static final int TEXT = 0x222222;
    static final int QUIET = 0x5a5a5a;
    static final int GRID = 0xe8e8e8;
    static final int ZERO = 0xb0b0b0;
    static final int AXIS = 0x707070;
    static final int DOT = 0x333333;

    /** Okabe and Ito, "Color Universal Design", without the yellow that white paper swallows. */
    private static final int[] COLORS = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x000000};

    private static final List<List<Double>> DASHES =
            List.of(List.of(), List.of(8.0, 3.0), List.of(2.5, 2.5), List.of(9.0, 3.0, 2.0, 3.0), List.of(5.0, 2.0));

    private static final Map<Integer, String> VARIABLES = variables();

    private Style() {}

    /** The look of the curves with this number: colour and dashes change together, with different periods. */
    static Stroke curve(int number) {
        return new Stroke(COLORS[number % COLORS.length], 2, DASHES.get(number % DASHES.size()));
    }

    /** A colour of these as a variable that a page gives its own; any other as it is. */
    static String variable(int color) {
        String name = VARIABLES.get(color);
        return name == null ? String.format(Locale.ROOT, "#%06x", color) : "var(--chart-" + name + ")";
    }

    private static Map<Integer, String> variables() {
        Map<Integer, String> names = new HashMap<>(
                Map.of(TEXT, "text", QUIET, "quiet", GRID, "grid", ZERO, "zero", AXIS, "axis", DOT, "dot"));
        for (int i = 0; i < COLORS.length; i++) {
            names.put(COLORS[i], String.valueOf(i));
        }
        return names;
    }

    /** How many curves look different. */
    static int distinct() {
        return COLORS.length * DASHES.size();
    }
}
