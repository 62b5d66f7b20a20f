package dev.parfocal.core.loss;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.language.Numbers;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An input of a loss.
 *
 * @param name as the text declares it
 * @param min the smallest legal number; minus infinity if there is none
 * @param max the largest legal number; infinity if there is none
 * @param integer whether it is always a whole number: a class, a label that is 0 or 1
 * @param length the number of logits of a row; 0 for a scalar
 */
public record Input(String name, double min, double max, boolean integer, int length) {

    public boolean isRow() {
        return length > 0;
    }

    /** The numbers that it is made of: itself, or those of a row, each with a name. */
    List<Input> numbers() {
        return isRow()
                ? IntStream.range(0, length)
                        .mapToObj(i -> new Input(Node.inRow(name, i), min, max, integer, 0))
                        .toList()
                : List.of(this);
    }

    /** Whether a number may stand for this input. */
    public boolean accepts(double number) {
        return number >= min && number <= max && (!integer || number == Math.rint(number));
    }

    /** The legal numbers as the language writes them: {@code [0, 1]}, {@code {0, 1}}, {@code any number}. */
    public String range() {
        if (min == Double.NEGATIVE_INFINITY && max == Double.POSITIVE_INFINITY) {
            return integer ? "any whole number" : "any number";
        }
        if (integer && min == 0 && max == 1) {
            return "{0, 1}";
        }
        return "[" + Numbers.shown(min) + ", " + Numbers.shown(max) + "]" + (integer ? " integer" : "");
    }
}
