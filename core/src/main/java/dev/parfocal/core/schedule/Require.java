package dev.parfocal.core.schedule;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Numbers;

/** The ranges that schedules need. */
final class Require {
    private Require() {}

    static void finite(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new ParfocalException(what + " must be a finite number, but is " + value);
        }
    }

    static void share(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new ParfocalException(
                    what + " must be a share of the run, in [0, 1], but is " + Numbers.shown(value));
        }
    }

    /** A part at the beginning that leaves something of the run. */
    static void rise(String what, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new ParfocalException(
                    what + " must be a share of the run, in [0, 1), but is " + Numbers.shown(value));
        }
    }
}
