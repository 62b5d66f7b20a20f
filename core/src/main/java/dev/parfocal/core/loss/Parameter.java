package dev.parfocal.core.loss;

/**
 * A parameter of a loss: a number that its user chooses and that is the same for every element.
 *
 * @param name as the text declares it
 * @param defaultValue the value if nobody chooses one
 * @param min the smallest legal value
 * @param max the largest legal value
 * @param integer whether it must be a whole number; the length of a row is
 * @param meaning one phrase for people
 */
public record Parameter(String name, double defaultValue, double min, double max, boolean integer, String meaning) {}
