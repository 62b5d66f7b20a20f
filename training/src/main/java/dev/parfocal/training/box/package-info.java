/** How a model's numbers stand for boxes: distances, distributions, deltas, centres. */
@NullMarked
package dev.parfocal.training.box;

import org.jspecify.annotations.NullMarked;
