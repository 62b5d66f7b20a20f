package dev.parfocal.detection.assign;

/**
 * Figures of one image's assignment.
 *
 * @param positives {@code [levels]} how many points of each level own an object
 * @param ignored how many points lie in a crowd and are not learnt from
 * @param unmatched how many objects own no point
 */
public record AssignmentStatistics(int[] positives, int ignored, int unmatched) {}
