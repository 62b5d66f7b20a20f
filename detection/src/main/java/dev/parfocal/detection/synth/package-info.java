/** A data set drawn by our own generator, so that everything runs without a download. */
@NullMarked
package dev.parfocal.detection.synth;

import org.jspecify.annotations.NullMarked;
