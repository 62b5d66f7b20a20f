/** Gaussian processes: regression, expected improvement and where it is greatest. */
@NullMarked
package dev.parfocal.tune.gp;

import org.jspecify.annotations.NullMarked;
