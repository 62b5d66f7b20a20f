package dev.parfocal.detection.calibration;

import dev.parfocal.detection.metric.Matches;

/** What the score of a detection is to tell. */
public enum Target {
    /** Whether it found an object: 1 or 0. Then a score is a probability. */
    HIT {
        @Override
        double of(double iou) {
            return iou > 0 ? 1 : 0;
        }
    },
    /** The IoU with the object that it found, 0 if it found none. Then a score is an expected quality. */
    IOU {
        @Override
        double of(double iou) {
            return iou;
        }
    };

    abstract double of(double iou);

    /** The targets of all detections. */
    public double[] of(Matches matches) {
        double[] targets = new double[matches.size()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = of(matches.iou(i));
        }
        return targets;
    }
}
