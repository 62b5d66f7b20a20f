package dev.parfocal.detection.metric;

import java.util.function.IntPredicate;

/**
 * A part of the objects that is scored by itself: those of a size, say. What lies outside is neither to be found nor a false
 * positive.
 *
 * @param objects whether the object of a row belongs to it
 * @param detections whether a detection that found nothing would belong to it
 */
record Stratum(String name, IntPredicate objects, IntPredicate detections) {}
