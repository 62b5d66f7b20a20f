/** Giving up trials that others have left behind. */
@NullMarked
package dev.parfocal.tune.prune;

import org.jspecify.annotations.NullMarked;
