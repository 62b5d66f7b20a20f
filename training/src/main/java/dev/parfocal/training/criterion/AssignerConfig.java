package dev.parfocal.training.criterion;

import dev.parfocal.detection.assign.Assigner;
import dev.parfocal.detection.assign.AtssAssigner;
import dev.parfocal.detection.assign.TaskAlignedAssigner;

/**
 * Which points learn which object.
 *
 * @param kind the assigner
 * @param topK points per object; for ATSS: candidates per level
 * @param alpha exponent of the score; task-aligned only
 * @param beta exponent of the IoU; task-aligned only
 * @param minIou points of a smaller IoU are not positive, in [0, 1]: of their predicted box, for ATSS of their anchor
 *     square; 0 as in the papers
 */
public record AssignerConfig(Kind kind, int topK, double alpha, double beta, double minIou) {
    /** The assigners there are. */
    public enum Kind {
        /** Feng et al., TOOD, arXiv 2108.07755. */
        TASK_ALIGNED,
        /** Zhang et al., arXiv 1912.02424. */
        ATSS
    }

    /** Task-aligned, ten points per object. */
    public static final AssignerConfig DEFAULT = new AssignerConfig(Kind.TASK_ALIGNED, 10, 1, 6);

    private static final double ATSS_SCALE = 8;

    /** Whatever the IoU. */
    public AssignerConfig(Kind kind, int topK, double alpha, double beta) {
        this(kind, topK, alpha, beta, 0);
    }

    Assigner assigner() {
        return switch (kind) {
            case TASK_ALIGNED -> new TaskAlignedAssigner(topK, alpha, beta, minIou, true);
            case ATSS -> new AtssAssigner(topK, ATSS_SCALE, minIou, true);
        };
    }
}
