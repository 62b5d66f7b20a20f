/** Data sets: one internal form, read from COCO, Pascal VOC and YOLO files, written as COCO. */
@NullMarked
package dev.parfocal.detection.data;

import org.jspecify.annotations.NullMarked;
