package dev.parfocal.core.check;

import dev.parfocal.core.loss.Loss;

/** Keeps the worst of many figures and where it was. */
final class Worst {

    private double figure;
    private String place = "";
    private boolean any;

    /** Takes a figure into account; NaN is worse than anything. */
    void add(double candidate, Loss loss, Point point) {
        boolean worse = Double.isNaN(candidate) ? !Double.isNaN(figure) : candidate > figure;
        if (!any || worse) {
            any = true;
            figure = candidate;
            place = point.of(loss);
        }
    }

    double figure() {
        return figure;
    }

    String place() {
        return place;
    }

    boolean isWithin(double limit) {
        return figure <= limit;
    }
}
