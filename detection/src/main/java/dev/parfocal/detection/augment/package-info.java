/** Random changes to pictures and their boxes: flips, zoom, shift, crop and colour, drawn from a seed. */
@NullMarked
package dev.parfocal.detection.augment;

import org.jspecify.annotations.NullMarked;
