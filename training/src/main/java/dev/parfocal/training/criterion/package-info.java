/** From predictions to gradients: assignment, targets, losses of core, one backward. */
@NullMarked
package dev.parfocal.training.criterion;

import org.jspecify.annotations.NullMarked;
