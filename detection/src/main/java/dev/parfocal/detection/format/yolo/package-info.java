/** YOLO data sets on the disk. */
@NullMarked
package dev.parfocal.detection.format.yolo;

import org.jspecify.annotations.NullMarked;
