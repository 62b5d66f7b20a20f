package dev.parfocal.core.check;

import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.loss.Loss;
import java.util.List;

/**
 * A loss with chosen parameters, ready to be checked.
 *
 * @param loss with those parameters
 * @param textbook as written
 * @param program in stable forms: the value and gradient under test
 * @param moderate points such as training meets
 * @param plain predictions of moderate size, with what is given at its ends: nothing in a text is too large or too small there
 * @param extreme the edges of what floats hold
 */
record Variant(
        Loss loss,
        ScalarProgram textbook,
        ScalarProgram program,
        List<Point> moderate,
        List<Point> plain,
        List<Point> extreme) {}
