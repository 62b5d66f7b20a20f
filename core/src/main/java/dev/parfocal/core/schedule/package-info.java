/** Values that change over the steps of a run: learning rates, loss parameters, weights. */
@NullMarked
package dev.parfocal.core.schedule;

import org.jspecify.annotations.NullMarked;
