package dev.parfocal.tune.space;

/**
 * The values a variable can take, each a number: of a {@link Choice} the index of an option.
 *
 * <p>Samplers work on the unit interval. There, equal lengths are equally likely.
 */
public sealed interface Domain permits Real, Whole, Choice {

    /** The value at a place in [0, 1]. */
    double fromUnit(double place);

    /** The place of a value, in [0, 1]: {@code fromUnit(toUnit(v))} is v. */
    double toUnit(double value);

    /** Whether it is one of the values. */
    boolean contains(double value);

    /** How many values there are; 0 if there is a continuum. */
    int size();

    /** A value as people and configurations write it, without loss. */
    String shown(double value);

    /** What {@link #shown} wrote; NaN if that is no value of this domain. */
    double parsed(String text);
}
