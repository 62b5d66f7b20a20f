package dev.parfocal.detection.metric;

import java.util.OptionalDouble;

/**
 * What detections are worth on a slice of the objects. What lies outside is neither to be found nor a false positive.
 *
 * @param objects how many there are to find
 * @param ap mean over the thresholds and the classes that have objects in the slice
 * @param ap50 at IoU 0.50
 * @param ar mean recall over the thresholds
 */
public record SliceResult(String name, int objects, OptionalDouble ap, OptionalDouble ap50, OptionalDouble ar) {}
