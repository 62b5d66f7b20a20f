package dev.parfocal.core.guard;

import dev.parfocal.core.ParfocalException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A loss's value or gradient is not finite. */
public final class NonFiniteLossException extends ParfocalException {

    private static final long serialVersionUID = 1;

    private final String role;
    private final double value;
    private final transient @Nullable LossCulprit culprit;

    /**
     * What went wrong.
     *
     * @param role what the loss is called
     * @param value of the loss
     * @param culprit where it is not finite; null if every element is and only their sum is not
     */
    public NonFiniteLossException(String role, double value, @Nullable LossCulprit culprit) {
        super("the " + role + " loss"
                + (Double.isFinite(value) ? " has a gradient that is not finite" : " is " + NonFinite.shown(value))
                + (culprit == null
                        ? ""
                        : ", first at anchor " + culprit.anchor() + ", class " + culprit.classOf() + " ("
                                + culprit.words() + ")")
                + ": check the loss's formula, or lower the learning rate");
        this.role = role;
        this.value = value;
        this.culprit = culprit;
    }

    /** What the loss is called. */
    public String role() {
        return role;
    }

    /** The loss's value. */
    public double value() {
        return value;
    }

    /**
     * The same with the culprit's anchor brought back to where its rows or boxes were gathered from.
     *
     * @param points number of each one's anchor in the whole batch
     * @param classes that each of {@code points} is to learn; negative: none
     * @param each how many rows or boxes one of {@code points} has: 4 for the sides of a box
     */
    public NonFiniteLossException ofPoints(int[] points, int[] classes, int each) {
        if (culprit == null) {
            return this;
        }
        int point = culprit.anchor() / each;
        return new NonFiniteLossException(role, value, culprit.gatheredFrom(points[point], classes[point]));
    }

    /** Where it is not finite; empty if every element is and only their sum is not. */
    public Optional<LossCulprit> culprit() {
        return Optional.ofNullable(culprit);
    }
}
