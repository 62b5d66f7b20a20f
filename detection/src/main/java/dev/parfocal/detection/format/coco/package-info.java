/** COCO data sets on the disk. */
@NullMarked
package dev.parfocal.detection.format.coco;

import org.jspecify.annotations.NullMarked;
