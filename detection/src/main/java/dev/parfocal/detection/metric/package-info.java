/** How good detections are: COCO AP and AR, and the suppression of duplicates before they are counted. */
@NullMarked
package dev.parfocal.detection.metric;

import org.jspecify.annotations.NullMarked;
