package dev.parfocal.training.head;

import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A head that predicts at every pixel of every level of a pyramid. */
@FunctionalInterface
public interface DenseHead {
    /** The predictions at the pixels of all levels, finest first. */
    Rows forward(List<Tensor> levels);

    /**
     * Predictions, one row a prior: levels finest first, within a level row by row of its pixels, within a pixel in the
     * order of its anchors. All float32 and row-major.
     *
     * @param logits {@code [batch, priors, classes]}
     * @param boxes {@code [batch, priors, numbers]}
     * @param branches further numbers {@code [batch, priors, 1]} by name
     * @param towers what they are computed from, for each level, by what it serves: {@code classes}, {@code boxes}, or both
     *     as {@code tower}
     */
    record Rows(Tensor logits, Tensor boxes, Map<String, Tensor> branches, Map<String, List<Tensor>> towers) {

        /** Of separate towers for classes and boxes. */
        Rows(
                Tensor logits,
                Tensor boxes,
                Map<String, Tensor> branches,
                List<Tensor> classTowers,
                List<Tensor> boxTowers) {
            this(logits, boxes, branches, towers(classTowers, boxTowers));
        }

        /** Of a tower for both. */
        Rows(Tensor logits, Tensor boxes, Map<String, Tensor> branches, List<Tensor> towers) {
            this(logits, boxes, branches, Map.of("tower", towers));
        }

        private static Map<String, List<Tensor>> towers(List<Tensor> classes, List<Tensor> boxes) {
            Map<String, List<Tensor>> towers = new LinkedHashMap<>();
            towers.put("classes", classes);
            towers.put("boxes", boxes);
            return towers;
        }
    }

    /**
     * Maps {@code [batch, priors of a pixel · columns, height, width]} of all levels as one tensor
     * {@code [batch, priors, columns]}.
     */
    static Tensor rows(List<Tensor> maps, int columns) {
        List<Tensor> levels = new ArrayList<>();
        for (Tensor map : maps) {
            long priors = map.elements() / map.size(0) / columns;
            levels.add(map.permute(0, 2, 3, 1).reshape(map.size(0), priors, columns));
        }
        return Tensor.concatenate(levels, 1).float32();
    }

    /** The bias of a logit whose probability is to start at {@code prior}, in (0, 1). */
    static double bias(double prior) {
        return -Math.log((1 - prior) / prior);
    }
}
