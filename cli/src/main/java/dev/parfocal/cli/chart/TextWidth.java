package dev.parfocal.cli.chart;

/** How wide a text may become in whatever sans-serif font its reader has: layouts leave that much room. */
final class TextWidth {

    private static final String NARROW = " .,:;'|!iljtfr()[]";
    private static final String WIDE = "mwMW@%";

    private TextWidth() {}

    /** An upper estimate in pixels, after DejaVu Sans, the widest of the usual fonts. */
    static double of(String text, double size) {
        double ems = text.codePoints().mapToDouble(TextWidth::ems).sum();
        return ems * size;
    }

    private static double ems(int codePoint) {
        if (NARROW.indexOf(codePoint) >= 0) {
            return 0.41;
        }
        if (WIDE.indexOf(codePoint) >= 0) {
            return 0.98;
        }
        return Character.isUpperCase(codePoint) || codePoint > 0x7f ? 0.78 : 0.635;
    }
}
