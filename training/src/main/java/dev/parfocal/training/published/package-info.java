/** Weights from elsewhere in a model, and a model's weights for elsewhere. */
@NullMarked
package dev.parfocal.training.published;

import org.jspecify.annotations.NullMarked;
