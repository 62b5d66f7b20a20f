/** Pictures in memory: decoding JPEG and PNG, resizing, and planes of floats for a network. */
@NullMarked
package dev.parfocal.detection.image;

import org.jspecify.annotations.NullMarked;
