package dev.parfocal.detection.metric;

import dev.parfocal.detection.data.Category;
import java.util.OptionalDouble;

/**
 * The average precision of one class; empty when the truth has no object of it to find.
 *
 * @param objects how many objects of the class there are to find, crowds not counted
 * @param ap mean over IoU 0.50 to 0.95
 * @param ap50 at IoU 0.50
 * @param ap75 at IoU 0.75
 */
public record ClassResult(
        Category category, int objects, OptionalDouble ap, OptionalDouble ap50, OptionalDouble ap75) {}
