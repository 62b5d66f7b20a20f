/** The rivals in DJL. */
@NullMarked
package dev.parfocal.bench.djl;

import org.jspecify.annotations.NullMarked;
