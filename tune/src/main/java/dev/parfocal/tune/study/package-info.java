/** Studies: ask for a point, tell its value, with everything in an append-only journal. */
@NullMarked
package dev.parfocal.tune.study;

import org.jspecify.annotations.NullMarked;
