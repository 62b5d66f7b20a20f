package dev.parfocal.detection.metric;

import java.util.OptionalInt;

/**
 * A detection with what it found.
 *
 * @param image the number of its image, by ascending id
 * @param label the number of its class, by ascending category id
 * @param detection its row among the detections
 * @param object the row of the object that it found, crowds included
 * @param isIgnored whether that is a crowd, so that the detection is neither right nor wrong
 */
public record Pair(int image, int label, int detection, OptionalInt object, boolean isIgnored) {}
