/** What a run records of itself: each step in metrics.jsonl, in TensorBoard's event files, and read back. */
@NullMarked
package dev.parfocal.training.record;

import org.jspecify.annotations.NullMarked;
