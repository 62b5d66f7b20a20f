/** The rivals in eager libtorch. */
@NullMarked
package dev.parfocal.bench.torch;

import org.jspecify.annotations.NullMarked;
