/** Axis-aligned boxes in pixels; everything else in this module builds on them. */
@NullMarked
package dev.parfocal.detection.box;

import org.jspecify.annotations.NullMarked;
