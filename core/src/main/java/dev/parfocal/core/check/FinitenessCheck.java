package dev.parfocal.core.check;

import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.List;

/** Value and gradient are numbers, in double, at every point. The floats are judged by {@link FloatCheck}. */
final class FinitenessCheck implements Check {

    @Override
    public Finding run(List<Variant> variants) {
        int points = 0;
        for (Variant variant : variants) {
            Oracle oracle = new Oracle(variant.program());
            List<Point> all = new ArrayList<>(variant.moderate());
            all.addAll(variant.extreme());
            for (Point point : all) {
                Answer answer = oracle.at(point.predicted(), point.given());
                if (!answer.isFinite()) {
                    return failed(variant.loss(), point, answer);
                }
                points++;
            }
        }
        return Finding.of("finite", true, "value and gradient are numbers at " + points + " points", "");
    }

    private static Finding failed(Loss loss, Point point, Answer answer) {
        Culprit culprit = Culprit.of(loss, point.predicted(), point.given());
        String what = Double.isFinite(answer.value()) ? "the gradient" : "the value";
        return Finding.of("finite", false, what + " is no number, because " + culprit, point.of(loss));
    }
}
