/** The second stage of a two-stage detector: features of regions, and what they are. */
@NullMarked
package dev.parfocal.training.roi;

import org.jspecify.annotations.NullMarked;
