/** Bounds on gradients, for any engine whose tensors lie in memory. */
@NullMarked
package dev.parfocal.core.clip;

import org.jspecify.annotations.NullMarked;
