package dev.parfocal.tune.space;

import java.util.Optional;

/**
 * What something that can be searched allows.
 *
 * @param min smallest legal value; may be infinite
 * @param max largest legal value; may be infinite
 * @param integer whether only whole numbers are legal
 * @param usual what is searched if a search names no range; absent if it must
 */
public record Limits(double min, double max, boolean integer, Optional<Domain> usual) {

    /** Anything goes, and a search must say what. */
    public static final Limits NONE =
            new Limits(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false, Optional.empty());

    /** A bounded range of which all is searched. */
    public static Limits within(double min, double max, boolean integer) {
        Domain all = integer ? new Whole((int) min, (int) max, Scale.LINEAR) : new Real(min, max, Scale.LINEAR);
        return new Limits(min, max, integer, Optional.of(all));
    }
}
