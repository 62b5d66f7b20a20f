/** Pascal VOC data sets on the disk. */
@NullMarked
package dev.parfocal.detection.format.voc;

import org.jspecify.annotations.NullMarked;
