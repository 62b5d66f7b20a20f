package dev.parfocal.tune.space;

/** Numbers written as text. */
final class Numeral {

    private Numeral() {}

    /** The number if it is one of a domain's values, else NaN. */
    static double in(Domain domain, String text) {
        double value = parsed(text);
        return domain.contains(value) ? value : Double.NaN;
    }

    /** The number, or NaN if the text is none. */
    static double parsed(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
