/** Data sets on the disk: which layout a folder has, and what its annotations say. */
@NullMarked
package dev.parfocal.detection.format;

import org.jspecify.annotations.NullMarked;
