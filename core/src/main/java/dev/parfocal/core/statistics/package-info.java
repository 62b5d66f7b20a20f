/** What a pointwise loss does to its batch: where the gradient comes from, and how sure the predictions are. */
@NullMarked
package dev.parfocal.core.statistics;

import org.jspecify.annotations.NullMarked;
