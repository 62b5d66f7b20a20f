package dev.parfocal.detection.draw;

import java.awt.Color;

/**
 * Colours by label that colour-blind people tell apart too (Okabe and Ito, "Color Universal Design", 2008); they repeat
 * from the ninth label on.
 */
public final class Palette {

    private static final int[] COLOURS = {
        0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0xd55e00, 0xcc79a7, 0x0072b2, 0xbbbbbb,
    };

    private Palette() {}

    public static Color of(int label) {
        return new Color(COLOURS[Math.floorMod(label, COLOURS.length)]);
    }

    /** Black or white, whichever is easier to read on this colour. */
    static Color textOn(Color colour) {
        double luma = 0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue();
        return luma > 125 ? Color.BLACK : Color.WHITE;
    }
}
