/** Published single-stage detectors: each a backbone, a pyramid and a head with priors and a code for boxes. */
@NullMarked
package dev.parfocal.training.family;

import org.jspecify.annotations.NullMarked;
