package dev.parfocal.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A figure that was promised: our best with two threads against a rival's best, in one process.
 *
 * @param process the process whose rows count
 * @param subject the case
 * @param rival what a rival's name begins with
 * @param factor how many times faster than the rival; or, if {@code atMost}, at most how many times as slow
 */
record Target(String process, Case subject, String rival, double factor, boolean atMost) {

    private static final List<Case> IOU_FAMILY = List.of(Case.IOU, Case.GIOU, Case.DIOU, Case.CIOU);

    static List<Target> all() {
        List<Target> all = new ArrayList<>();
        all.add(new Target("libtorch", Case.FOCAL_SPARSE, "copy", 2.5, true));
        all.add(faster("libtorch", Case.FOCAL_SPARSE, 15));
        all.add(faster("djl", Case.FOCAL_SPARSE, 15));
        all.add(faster("libtorch", Case.VARIFOCAL_SPARSE, 10));
        all.add(faster("libtorch", Case.QFL_SPARSE, 10));
        all.add(faster("libtorch", Case.DFL, 3));
        IOU_FAMILY.forEach(subject -> all.add(faster("libtorch", subject, 8)));
        return all;
    }

    private static Target faster(String process, Case subject, double factor) {
        return new Target(process, subject, process, factor, false);
    }

    boolean reached(double ours, double rivals) {
        return atMost ? ours <= factor * rivals : ours * factor <= rivals;
    }

    String promise() {
        return atMost ? "≤ " + Tables.ratio(factor) : "≥ " + Tables.ratio(factor) + " faster";
    }
}
