package dev.parfocal.detection.assign;

/**
 * Figures of one image's assignment.
 *
 * @param positives {@code [levels]} how many priors of each level own an object
 * @param ignored how many priors are not learnt from
 * @param unmatched how many objects own no prior
 */
public record AssignmentStatistics(int[] positives, int ignored, int unmatched) {}
