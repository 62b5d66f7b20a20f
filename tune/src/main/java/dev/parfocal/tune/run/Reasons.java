package dev.parfocal.tune.run;

import dev.parfocal.core.ParfocalException;

/** Failures in words. */
final class Reasons {

    private Reasons() {}

    /** What a mistake of the user says of itself; of anything else, its kind too. */
    static String of(Throwable failure) {
        return failure instanceof ParfocalException ? String.valueOf(failure.getMessage()) : failure.toString();
    }
}
