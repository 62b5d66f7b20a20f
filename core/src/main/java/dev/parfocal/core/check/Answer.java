package dev.parfocal.core.check;

import java.util.Arrays;

/**
 * What a loss is at a point.
 *
 * @param value the loss
 * @param gradient its derivative in each predicted number
 */
public record Answer(double value, double[] gradient) {

    /** Whether value and gradient are numbers, neither infinite nor NaN. */
    public boolean isFinite() {
        return Double.isFinite(value) && Arrays.stream(gradient).allMatch(Double::isFinite);
    }
}
