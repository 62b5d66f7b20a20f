package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Numbers;

/**
 * A parameter of a loss: a number that its user chooses, and that is the same for every element or for every element of a
 * class.
 *
 * @param name as the text declares it
 * @param defaultValue the value if nobody chooses one
 * @param min the smallest legal value
 * @param max the largest legal value
 * @param integer whether it must be a whole number; the length of a row is
 * @param perClass whether each class may have a value of its own
 * @param meaning one phrase for people
 */
public record Parameter(
        String name, double defaultValue, double min, double max, boolean integer, boolean perClass, String meaning) {

    /** Refuses a value that is not legal; {@code loss} is the name of the loss. */
    void check(double value, String loss) {
        if (!(value >= min && value <= max)) {
            throw new ParfocalException(
                    loss + ": " + name + " = " + Numbers.shown(value) + " is outside its range " + range());
        }
        if (integer && value != Math.rint(value)) {
            throw new ParfocalException(loss + ": " + name + " = " + Numbers.shown(value) + " must be a whole number");
        }
    }

    /** Refuses what one class each may not have; {@code loss} is the name of the loss. */
    void checkPerClass(String loss) {
        if (!perClass) {
            throw new ParfocalException(
                    loss + ": " + name + " is one number for all classes; where its text declares 'param " + name
                            + "[class] = …', each class may have its own");
        }
    }

    /** The legal values as the language writes them: {@code [0, 5]}. */
    public String range() {
        return "[" + Numbers.shown(min) + ", " + Numbers.shown(max) + "]" + (integer ? " integer" : "");
    }
}
