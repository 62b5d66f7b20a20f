/** Losses as values, and the functions that evaluate them on batches. */
@NullMarked
package dev.parfocal.core.loss;

import org.jspecify.annotations.NullMarked;
